package org.alluvium.trainer.loop;

import java.io.PrintStream;
import java.time.InstantSource;
import org.alluvium.contracts.clock.WallClock;

/**
 * What a training process is given besides its configuration.
 *
 * @param out where the banner goes
 * @param clock dates events; nothing is decided by it
 * @param stop how to stop it
 * @param stopOnSignal whether SIGTERM and SIGINT are heard, too
 */
public record TrainOptions(PrintStream out, InstantSource clock, StopSignal stop, boolean stopOnSignal) {

    /** For a process of its own: standard output, the system's clock, signals. */
    public static TrainOptions ofProcess() {
        return new TrainOptions(System.out, WallClock.ofThisProcess(), new StopSignal(), true);
    }
}
