package org.alluvium.bench.protocol;

import java.util.List;

/**
 * How much of everything there is.
 *
 * @param records of the source
 * @param perCheckpoint the most of them that one Flink checkpoint has
 * @param faults that may happen
 * @param takes the records that the takedowns select, one each, in the order in which they are given
 * @param zombies whether an attempt that was replaced may go on completing checkpoints
 * @param janitors whether files are cleared away
 * @param first records that are published, by the first attempt, before anything else happens; if that is all, it has ended
 * @param trainer whether there is a trainer
 * @param goesBack whether it may be told to go back to an earlier checkpoint
 */
public record Bounds(
        int records,
        int perCheckpoint,
        int faults,
        List<Integer> takes,
        boolean zombies,
        boolean janitors,
        int first,
        boolean trainer,
        boolean goesBack) {

    public Bounds {
        takes = List.copyOf(takes);
    }

    /** Ingest and nothing else. */
    public static Bounds of(int records, int perCheckpoint, int faults) {
        return new Bounds(records, perCheckpoint, faults, List.of(), false, false, 0, false, false);
    }

    /** The same with takedowns. */
    public Bounds taking(Integer... record) {
        return new Bounds(records, perCheckpoint, faults, List.of(record), zombies, janitors, first, trainer, goesBack);
    }

    /** The same with attempts that do not know that they were replaced. */
    public Bounds withZombies() {
        return new Bounds(records, perCheckpoint, faults, takes, true, janitors, first, trainer, goesBack);
    }

    /** The same with janitors. */
    public Bounds withJanitors() {
        return new Bounds(records, perCheckpoint, faults, takes, zombies, true, first, trainer, goesBack);
    }

    /** The same with a trainer. */
    public Bounds withTrainer() {
        return new Bounds(records, perCheckpoint, faults, takes, zombies, janitors, first, true, goesBack);
    }

    /** The same with a trainer that may go back. */
    public Bounds goingBack() {
        return new Bounds(records, perCheckpoint, faults, takes, zombies, janitors, first, true, true);
    }

    /** The same after so many records were published. */
    public Bounds after(int published) {
        return new Bounds(records, perCheckpoint, faults, takes, zombies, janitors, published, trainer, goesBack);
    }
}
