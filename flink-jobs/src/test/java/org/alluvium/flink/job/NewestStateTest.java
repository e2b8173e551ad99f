package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.alluvium.contracts.config.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestStateTest {

    private static final String JOB = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path state;

    @Test
    void theOneWhoseMetadataWasWrittenLastIsTheNewest() throws Exception {
        write("a11c0d0c000000000000000000000001/chk-900", 100);
        write(JOB + "/chk-7", 200);
        Path savepoint = write("savepoints/savepoint-0123", 300);
        assertThat(NewestState.in(Location.of(state))).contains(Location.of(savepoint));

        Path newest = write(JOB + "/chk-8", 400);
        assertThat(NewestState.in(Location.of(state))).contains(Location.of(newest));
    }

    @Test
    void oneThatIsDamagedOrWasInterruptedIsPassedOver() throws Exception {
        Path whole = write(JOB + "/chk-7", 200);
        Path damaged = write(JOB + "/chk-8", 300);
        Files.write(damaged.resolve("_metadata"), new byte[] {1, 2, 3});
        Files.setLastModifiedTime(damaged.resolve("_metadata"), FileTime.fromMillis(300));
        Files.createDirectories(state.resolve(JOB).resolve("chk-9"));

        assertThat(NewestState.in(Location.of(state))).contains(Location.of(whole));
    }

    @Test
    void thereMayBeNone() {
        assertThat(NewestState.in(Location.of(state))).isEmpty();
        assertThat(NewestState.in(Location.of(state.resolve("missing")))).isEmpty();
    }

    private Path write(String name, long atMillis) throws IOException, URISyntaxException {
        Path golden = Path.of(
                getClass().getResource("/golden/0.1.0/savepoint/_metadata").toURI());
        Path folder = Files.createDirectories(state.resolve(name));
        Path metadata = Files.copy(golden, folder.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(atMillis));
        return folder;
    }
}
