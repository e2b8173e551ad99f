package org.alluvium.cli.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the view shows, at one moment. Made from published files alone.
 *
 * @param title what is running
 * @param elapsed since this run of the command began
 * @param samples newest texts of the model, one for each prompt
 */
public record DashboardSnapshot(
        String title, Duration elapsed, Ingest ingest, Trainer trainer, List<TextSample> samples) {

    public DashboardSnapshot {
        samples = List.copyOf(samples);
    }

    /**
     * What a process is doing.
     *
     * @param detail why, for a person; may be empty
     */
    public record Activity(Kind kind, String detail) {

        /** In the order of a process's life. */
        public enum Kind {
            STARTING,
            RUNNING,
            WAITING,
            RESTARTING,
            DONE,
            STOPPED,
            FAILED
        }
    }

    /**
     * The ingest process.
     *
     * @param documentsPerSecond read lately
     * @param documents accepted so far
     * @param commits entries of the shard log that brought shards
     * @param tokens accepted so far
     * @param feed what is still to come, for a person; may be empty
     */
    public record Ingest(
            Activity activity,
            double documentsPerSecond,
            long documents,
            long duplicates,
            long filtered,
            long deadLetters,
            long commits,
            long tokens,
            String feed) {}

    /**
     * The trainer.
     *
     * @param steps how many steps complete the run; 0 for a run without end
     * @param latest the newest step; empty before the first
     * @param bitsPerByte of the steps so far, oldest first, for the curve
     * @param lagTokens accepted tokens that no step has learned from
     * @param lag how long the oldest document that waits has waited
     * @param remaining until the last step, at the pace of late
     * @param guard what it has done about spikes
     * @param takenDown what it passes over since it was taken down; empty if nothing was while it ran
     * @param alerts of the newest process; empty if there are none
     */
    public record Trainer(
            Activity activity,
            long steps,
            Optional<Step> latest,
            List<Double> bitsPerByte,
            Optional<HeldOut> heldOut,
            long lagTokens,
            Duration lag,
            Optional<SavedCheckpoint> checkpoint,
            Optional<Duration> remaining,
            Guard guard,
            Optional<TakenDown> takenDown,
            Optional<Alerts> alerts) {

        public Trainer {
            bitsPerByte = List.copyOf(bitsPerByte);
        }
    }

    /**
     * One optimizer step.
     *
     * @param tokens trained on since the beginning of the run
     * @param loss in nats per token
     */
    public record Step(long step, long tokens, double loss, double bitsPerByte, double tokensPerSecond) {}

    /** Bits per byte on documents that are never trained on. */
    public record HeldOut(long step, double bitsPerByte) {}

    /** The last step before the run passed over what takedowns select, and the newest of these by its entry of the log. */
    public record TakenDown(long afterStep, long through) {}

    /** The newest checkpoint. */
    public record SavedCheckpoint(long step, Duration age) {}

    /**
     * What the guard has done about spikes, in the run as it stands.
     *
     * @param skipped steps without an update
     * @param accepted spikes that were taken for what the corpus is like from then on
     * @param rewinds how often the run went back
     * @param leftOut documents that led to that, in the order in which they were left out
     * @param newest spike; empty if there was none
     */
    public record Guard(
            long skipped, long accepted, int rewinds, List<LeftOutDocument> leftOut, Optional<Spike> newest) {

        /** There was no spike. */
        public static final Guard IDLE = new Guard(0, 0, 0, List.of(), Optional.empty());

        public Guard {
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * A step that was far off.
     *
     * @param action skipped, rewound or accepted
     * @param toStep step that the run went back to, if it did
     * @param reason for a person
     */
    public record Spike(long step, String action, long toStep, String reason) {}

    /**
     * A document that a run leaves out.
     *
     * @param origin the file or topic, and the place in it
     * @param fromStep first step without it
     * @param lossPerToken in nats, in the step that it was blamed for
     */
    public record LeftOutDocument(String source, String origin, String id, long fromStep, double lossPerToken) {}

    /**
     * What went wrong without ending the run.
     *
     * @param count how many alerts there were
     * @param what the newest one is about
     * @param message of the newest one
     * @param age of the newest one
     */
    public record Alerts(long count, String what, String message, Duration age) {}

    /** What the model wrote after so many steps, without the prompt that it went on from. */
    public record TextSample(long step, String prompt, String text) {}
}
