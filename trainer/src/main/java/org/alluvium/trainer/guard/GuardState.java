package org.alluvium.trainer.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * What the guard remembers between two steps: {@code guard.json} of a checkpoint (version 1), which older checkpoints do not
 * have. Field names in the file are those of the components here.
 *
 * @param version of the format, currently {@link #VERSION}
 * @param calm the last steps that were no spikes, oldest first, up to the window's length
 * @param spikes the spikes since then, which are in a row
 * @param cutSince the first step of the document that the last step ended in, or 0 if it ended with a document
 * @param leftOut what earlier spikes led to
 */
public record GuardState(int version, List<Calm> calm, List<Spike> spikes, long cutSince, LeftOut leftOut) {

    public static final int VERSION = 1;

    /** Before the first step. */
    public static final GuardState START = new GuardState(VERSION, List.of(), List.of(), 0, LeftOut.NOTHING);

    public GuardState {
        if (version != VERSION) {
            throw new IllegalArgumentException("guard of version " + version + "; this release reads " + VERSION);
        }
        calm = List.copyOf(calm);
        spikes = List.copyOf(spikes);
    }

    /**
     * A step that was no spike.
     *
     * @param step its number
     * @param loss mean cross entropy in nats
     * @param gradNorm global norm of the gradient
     * @param targets that the step had
     * @param suspect the document that added most to the loss
     */
    public record Calm(long step, double loss, double gradNorm, int targets, BlamedDocument suspect) {}

    /**
     * A step that was one.
     *
     * @param step its number
     * @param wholly whether all of its documents are
     * @param documents that it is put down to
     */
    public record Spike(long step, boolean wholly, List<BlamedDocument> documents) {
        public Spike {
            documents = List.copyOf(documents);
        }
    }

    /** With other decisions about documents. */
    public GuardState with(LeftOut decided) {
        return new GuardState(version, calm, spikes, cutSince, decided);
    }

    /** What a checkpoint after this step holds. */
    public GuardState whenTaken(long step) {
        return with(leftOut.whenTaken(step));
    }

    GuardState afterCalm(Calm step, int window, long cut) {
        List<Calm> next = new ArrayList<>(calm.subList(Math.max(0, calm.size() + 1 - window), calm.size()));
        next.add(step);
        return new GuardState(version, next, List.of(), cut, leftOut);
    }

    GuardState afterSpike(Spike step, long cut) {
        List<Spike> next = new ArrayList<>(spikes);
        next.add(step);
        return new GuardState(version, calm, next, cut, leftOut);
    }

    /** The window begins anew. */
    GuardState forgetful() {
        return new GuardState(version, List.of(), List.of(), cutSince, leftOut);
    }
}
