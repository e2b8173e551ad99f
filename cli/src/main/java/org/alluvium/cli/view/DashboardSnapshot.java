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
            Optional<Duration> remaining) {

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

    /** The newest checkpoint. */
    public record SavedCheckpoint(long step, Duration age) {}

    /** What the model wrote after so many steps, without the prompt that it went on from. */
    public record TextSample(long step, String prompt, String text) {}
}
