package org.alluvium.contracts.config;

import java.time.Duration;
import java.util.Optional;

/** An entry of {@code dashboard.alerts}. */
public record AlertConfig(
        @Key(doc = "What the alert is called.", example = "loss rises")
        String name,

        @Key(
                doc = "Series that is watched: the type of an event, then the way to the figure in it, such as"
                        + " eval/bySource/web/bitsPerByte.",
                example = "step/loss")
        String series,

        @Key(doc = "Raise it where the figure is larger than this.", byDefault = "", example = "6.5")
        Optional<Double> above,

        @Key(doc = "Raise it where the figure is smaller than this.", byDefault = "")
        Optional<Double> below,

        @Key(
                doc = "Raise it where there is no number, because it is not one or because the event has none.",
                byDefault = "false")
        boolean notANumber,

        @Key(
                doc =
                        "Raise it where steps are taken for so long, since a process began, without any new figure of the series.",
                byDefault = "",
                min = 1)
        Optional<Duration> absentFor,

        @Key(doc = "How many figures in a row it has to be so.", byDefault = "1", min = 1)
        int forFigures,

        @Key(doc = "How long it has to be so, by the times of the events.", byDefault = "0s")
        Duration forTime,

        @Key(doc = "How bad that is.", byDefault = "warning")
        Level level) {

    /** How bad something is. */
    public enum Level {
        INFO,
        WARNING,
        CRITICAL
    }
}
