package org.alluvium.contracts.config;

import java.time.Duration;

/** The {@code flow} group of a source. */
public record FlowConfig(
        @Key(doc = "Most records a second that each reader takes; 0 is no limit.", byDefault = "0", min = 0)
        double rateLimit,

        @Key(
                doc = "Share of the newest records that may be refused before an alert is raised; 1 is never.",
                byDefault = "0.5",
                min = 0,
                max = 1)
        double maxFailureShare,

        @Key(doc = "How many of the newest records that share is taken of.", byDefault = "1000", min = 1, max = 1000000)
        int failureWindow,

        @Key(
                doc = "What happens then: 'alert' goes on reading, 'pause' stops this source alone for pauseFor.",
                byDefault = "alert")
        OnFailures onFailures,

        @Key(doc = "How long a paused source rests before it is tried again.", byDefault = "10m", min = 0.01)
        Duration pauseFor,

        @Key(
                doc = "How far event times may lie behind each other before the watermark has passed them.",
                byDefault = "10s")
        Duration outOfOrderness,

        @Key(
                doc = "After this long without a record the source no longer holds back the watermark.",
                byDefault = "30s",
                min = 0.01)
        Duration idleness,

        @Key(
                doc =
                        "Whether the source is left alone for now. It keeps its place, and is read on from there when this is"
                                + " taken back: the way to stop reading a source that may come back.",
                byDefault = "false")
        boolean paused) {

    /** Every key as it is when nothing is configured. */
    public static final FlowConfig DEFAULT = new FlowConfig(
            0,
            0.5,
            1000,
            OnFailures.ALERT,
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            false);

    /** Of a source that is read. */
    public FlowConfig(
            double rateLimit,
            double maxFailureShare,
            int failureWindow,
            OnFailures onFailures,
            Duration pauseFor,
            Duration outOfOrderness,
            Duration idleness) {
        this(rateLimit, maxFailureShare, failureWindow, onFailures, pauseFor, outOfOrderness, idleness, false);
    }

    /** What happens when too many records are refused. */
    public enum OnFailures {
        ALERT,
        PAUSE
    }
}
