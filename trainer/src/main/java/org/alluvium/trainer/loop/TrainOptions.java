package org.alluvium.trainer.loop;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.clock.WallClock;

/**
 * What a training process is given besides its configuration.
 *
 * @param out where the banner goes
 * @param clock dates events; nothing is decided by it
 * @param stop how to stop it
 * @param stopOnSignal whether SIGTERM and SIGINT are heard, too
 * @param from the checkpoint that the run goes back to, once; the newest one if empty
 */
public record TrainOptions(
        PrintStream out, InstantSource clock, StopSignal stop, boolean stopOnSignal, Optional<From> from) {

    /**
     * An earlier checkpoint of the run.
     *
     * @param step of the checkpoint
     * @param through sequence of the takedown that is the reason; any, if empty
     */
    public record From(long step, OptionalLong through) {}

    /** Goes on from the newest checkpoint. */
    public TrainOptions(PrintStream out, InstantSource clock, StopSignal stop, boolean stopOnSignal) {
        this(out, clock, stop, stopOnSignal, Optional.empty());
    }

    /** The same, from an earlier checkpoint. */
    public TrainOptions from(Optional<From> checkpoint) {
        return new TrainOptions(out, clock, stop, stopOnSignal, checkpoint);
    }

    /** For a process of its own: standard output, the system's clock, signals. */
    public static TrainOptions ofProcess() {
        return new TrainOptions(System.out, WallClock.ofThisProcess(), new StopSignal(), true);
    }
}
