package org.alluvium.contracts.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallClockTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private long nanos;

    @Test
    void withoutAFileItIsTheSystemsTime() {
        assertThat(clock().instant()).isEqualTo(NOW);
    }

    @Test
    void itJumpsWhenTheFileChangesAndBackWhenItGoes() throws IOException {
        WallClock clock = clock();
        Files.writeString(file(), "-7200000\n");
        assertThat(clock.instant()).as("not looked again yet").isEqualTo(NOW);
        nanos = 50_000_000;
        assertThat(clock.instant()).isEqualTo(NOW.minus(Duration.ofHours(2)));
        Files.delete(file());
        nanos = 100_000_000;
        assertThat(clock.instant()).isEqualTo(NOW);
    }

    @Test
    void aFileThatHoldsNoNumberIsNotPassedOver() throws IOException {
        Files.writeString(file(), "tomorrow");
        assertThatThrownBy(this::clock).hasMessageContaining(file().toString());
    }

    @Test
    void aProcessThatIsNotToldOtherwiseHasTheSystemsClock() {
        assertThat(WallClock.ofThisProcess()).isEqualTo(java.time.Clock.systemUTC());
    }

    private WallClock clock() {
        return new WallClock(InstantSource.fixed(NOW), file(), () -> nanos);
    }

    private Path file() {
        return folder.resolve("offset");
    }
}
