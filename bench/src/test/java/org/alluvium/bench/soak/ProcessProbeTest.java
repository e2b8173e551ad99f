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
