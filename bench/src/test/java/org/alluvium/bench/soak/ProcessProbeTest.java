package org.alluvium.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessProbeTest {

    private final ProcessProbe probe = ProcessProbe.ofThisJdk();

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLivingProcessTakesSomethingOfEverything() throws InterruptedException {
        ProcessProbe.Reading reading = probe.look(ProcessHandle.current().pid()).orElseThrow();

        assertThat(reading.heapBytes()).isPositive().isLessThan(reading.residentBytes());
        assertThat(reading.fileHandles()).isPositive();
        assertThat(reading.threads()).isPositive();
    }

    @Test
    void theHeapIsAddedUpWhateverCollectorThereIs() {
        assertThat(ProcessProbe.heapUsed("""
                DefNew     total 61440K, used 26300K [0x00000000f3800000, 0x00000000f7aa0000)
                 eden space 54656K,  48% used [0x00000000f3800000, 0x00000000f51af398)
                Tenured    total 136576K, used 1166K [0x00000000f7aa0000, 0x0000000100000000)
                """)).isEqualTo((26300 + 1166) * 1024);
        assertThat(ProcessProbe.heapUsed("""
                garbage-first heap   total reserved 204800K, committed 204800K, used 12286K [0x0, 0x1)
                 region size 1024K, 10 young (10240K), 2 survivors (2048K)
                """)).isEqualTo(12286 * 1024);
    }

    @Test
    void whatFillsGapsIsNotAlive() {
        assertThat(ProcessProbe.live("""
                   1:         29334       17456600  [B (java.base@25.0.3)
                   2:            18       15872784  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
                Total        186432       43284672
                """)).isEqualTo(43_284_672 - 15_872_784);
    }

    @Test
    void aProcessThatIsGoneHasNoReading() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder(probe.jcmd().toString(), "-h")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        gone.waitFor();

        assertThat(probe.look(gone.pid())).isEmpty();
    }

    @Test
    void aFolderIsAddedUpWithoutTheSubfoldersLeftOut(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "12345");
        Files.writeString(Files.createDirectory(folder.resolve("kept")).resolve("b"), "123");
        Files.writeString(Files.createDirectory(folder.resolve("tmp")).resolve("c"), "1");

        assertThat(FolderSize.of(folder, "tmp")).isEqualTo(new FolderSize(2, 8));
        assertThat(FolderSize.of(folder.resolve("nowhere"))).isEqualTo(new FolderSize(0, 0));
    }
}
