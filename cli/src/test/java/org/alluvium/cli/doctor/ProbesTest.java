package org.alluvium.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {

    private static final long GIB = 1L << 30;

    @Test
    void anOldJdkIsAFailure() {
        assertThat(MachineProbes.jdk(21, "21.0.1").level()).isEqualTo(Finding.Level.FAILURE);
        assertThat(MachineProbes.jdk(25, "25.0.1").level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void littleMemoryIsAWarningAndTooLittleAFailure() {
        assertThat(MachineProbes.memory(16 * GIB, 8 * GIB).level()).isEqualTo(Finding.Level.OK);
        assertThat(MachineProbes.memory(16 * GIB, 3 * GIB).level()).isEqualTo(Finding.Level.WARNING);
        assertThat(MachineProbes.memory(16 * GIB, GIB).level()).isEqualTo(Finding.Level.FAILURE);
    }

    @Test
    void aCpuWithoutWideVectorsIsAWarning() {
        assertThat(MachineProbes.cpu(4, "amd64", Set.of("sse2")).level()).isEqualTo(Finding.Level.WARNING);
        assertThat(MachineProbes.cpu(4, "amd64", Set.of("avx", "avx2")))
                .isEqualTo(Finding.ok("cpu", "4 cores, amd64, avx2"));
        assertThat(MachineProbes.cpu(4, "aarch64", Set.of()).level()).isEqualTo(Finding.Level.OK);
        assertThat(MachineProbes.cpu(1, "amd64", Set.of("avx2")).level()).isEqualTo(Finding.Level.WARNING);
    }

    @Test
    void littleDiskSpaceIsAWarningAndTooLittleAFailure(@TempDir Path folder) {
        assertThat(FolderProbes.space(folder, 100 * GIB).level()).isEqualTo(Finding.Level.OK);
        assertThat(FolderProbes.space(folder, 2 * GIB).level()).isEqualTo(Finding.Level.WARNING);
        assertThat(FolderProbes.space(folder, GIB / 2).level()).isEqualTo(Finding.Level.FAILURE);
    }

    @Test
    void theFileSystemIsTriedBelowAFolderThatDoesNotExistAndLeftAsItWas(@TempDir Path folder) throws Exception {
        assertThat(FolderProbes.abilities(folder.resolve("not/yet/there")).level())
                .isEqualTo(Finding.Level.OK);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void everythingButOkSaysWhatToDo() {
        assertThat(Stream.of(
                        MachineProbes.jdk(21, "21"),
                        MachineProbes.memory(GIB, GIB),
                        MachineProbes.cpu(1, "amd64", Set.of("avx2"))))
                .allSatisfy(finding -> assertThat(finding.todo()).isNotBlank());
    }
}
