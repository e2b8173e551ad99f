package org.alluvium.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    Path folder;

    private Path path;
    private PidFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("pids").resolve("jobmanager");
        file = new PidFile(path);
    }

    @Test
    void aProcessIsFoundAgain() {
        file.write(ProcessHandle.current(), "jobmanager-1");

        assertThat(file.process()).contains(ProcessHandle.current());
        assertThat(file.name()).contains("jobmanager-1");
    }

    @Test
    void aProcessThatHasTheIdOfAnEarlierOneIsAStranger() throws IOException {
        file.write(ProcessHandle.current(), "jobmanager-1");
        long hourEarlier =
                ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli() - 3_600_000;
        Files.writeString(path, ProcessHandle.current().pid() + " " + hourEarlier + " jobmanager-1\n");

        assertThat(file.process()).isEmpty();
        assertThat(file.name()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereOrWasCutOffNamesNobody() throws IOException {
        assertThat(file.process()).isEmpty();

        file.write(ProcessHandle.current(), "jobmanager-1");
        Files.writeString(path, Long.toString(ProcessHandle.current().pid()));
        assertThat(file.process()).isEmpty();

        file.delete();
        assertThat(path).doesNotExist();
    }
}
