package org.alluvium.contracts.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The wall clock of a process: the system's, unless the system property {@value #OFFSET_FILE} names a file. That file holds
 * milliseconds, in decimal, which are added to the system's time; it is looked at again twenty times a second, so that the
 * clock of a running process jumps when the file changes. No file is no offset. Thread-safe.
 *
 * <p>It is how 'alluvium chaos' shows that nothing rests on the wall clock. Flink's own clocks, and the times that file systems
 * give to files, are not moved.
 */
public final class WallClock extends Clock {

    /** The system property. */
    public static final String OFFSET_FILE = "alluvium.clock.offsetFile";

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final InstantSource system;
    private final Path file;
    private final LongSupplier nanoClock;
    private long lookedAtNanos;
    private long offsetMillis;

    WallClock(InstantSource system, Path file, LongSupplier nanoClock) {
        this.system = system;
        this.file = file;
        this.nanoClock = nanoClock;
        look(nanoClock.getAsLong());
    }

    /** That of this process, in UTC. */
    public static Clock ofThisProcess() {
        String file = System.getProperty(OFFSET_FILE);
        return file == null
                ? Clock.systemUTC()
                : new WallClock(InstantSource.system(), Path.of(file), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return system.instant().plusMillis(offset());
    }

    private synchronized long offset() {
        long now = nanoClock.getAsLong();
        if (now - lookedAtNanos >= LOOK_NANOS) {
            look(now);
        }
        return offsetMillis;
    }

    private void look(long now) {
        lookedAtNanos = now;
        try {
            offsetMillis = Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException none) {
            offsetMillis = 0;
        } catch (IOException | NumberFormatException e) {
            throw new IllegalStateException(file + " does not hold milliseconds to move the clock by", e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("times are in UTC");
    }
}
