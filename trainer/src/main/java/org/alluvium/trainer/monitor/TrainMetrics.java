package org.alluvium.trainer.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.metrics.Metric;

/**
 * What figures of events are called in Prometheus. All are gauges: the figure of the newest event of its type. No label says the
 * step.
 */
public final class TrainMetrics {

    private static final String TIME = "time";
    private static final String PERCENTILE = "percentile";

    /** The figures in the order in which they are written; those of one metric follow each other. */
    public static final List<Figure> FIGURES = Stream.of(
                    steps(),
                    ages("event", "they were published"),
                    ages("ingest", "ingest read them"),
                    ages("commit", "they were committed"),
                    others())
            .flatMap(List::stream)
            .toList();

    private TrainMetrics() {}

    /**
     * A figure of the newest event of a type.
     *
     * @param metric that it is a value of
     * @param labelValues of the metric's labels
     * @param event type of the event
     * @param path to the field of the event, by dots; {@code time} is the event's own
     * @param divisor from its unit to that of the metric
     */
    public record Figure(Metric metric, List<String> labelValues, String event, String path, double divisor) {

        /** Its value in the fields of such an event of that time, if there is one. */
        public Optional<Double> of(Map<String, ?> fields, Instant time) {
            if (path.equals(TIME)) {
                return Optional.of(time.toEpochMilli() / divisor);
            }
            Object found = fields;
            for (String name : path.split("\\.", -1)) {
                found = found instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return found instanceof Number number ? Optional.of(number.doubleValue() / divisor) : Optional.empty();
        }
    }

    private static List<Figure> steps() {
        return List.of(
                step("step", Metric.PLAIN, "step", "Steps taken."),
                step("tokens", "tokens", "tokens", "Input tokens trained on."),
                step("loss_nats", "nats", "loss", "Mean cross entropy of the last step, per token."),
                step("bits_per_byte", "bits_per_byte", "bitsPerByte", "The same in bits, per byte of text."),
                step("learning_rate", Metric.PLAIN, "learningRate", "Learning rate of the last update."),
                step("gradient_norm", Metric.PLAIN, "gradNorm", "Norm of the gradient before clipping."),
                step(
                        "tokens_per_second",
                        "tokens_per_second",
                        "tokensPerSecond",
                        "Input tokens per second of computing."),
                step("model_flops_utilization_ratio", "ratio", "mfu", "Share of the machine's peak FLOP/s."),
                seconds("step", "step", "Time that the last step computed."),
                seconds("forward", "step", "Of that, the forward pass of the blocks."),
                seconds("output", "step", "Of that, logits and loss with their gradients."),
                seconds("backward", "step", "Of that, the backward pass of the blocks."),
                seconds("update", "step", "Of that, norm and optimizer."),
                seconds("wait", "step", "Time that the last step waited for data."),
                seconds("aside", "step", "Time spent on checkpoints and evaluations before the last step."),
                step(
                        "wait_ratio",
                        "ratio",
                        "waitShare",
                        "Share of this process's time that was spent waiting for data."),
                step("lag_tokens", "tokens", "lagTokens", "Tokens of the log that were not trained on yet."),
                step(
                        "lag_seconds",
                        "seconds",
                        "lagSeconds",
                        "Median age of the last step's documents since their commit."),
                step(
                        "log_sequence",
                        Metric.PLAIN,
                        "logEntry",
                        "Newest entry of the shard log that brought a document of the last step."));
    }

    private static List<Figure> ages(String from, String since) {
        Metric metric = Metric.gauge(
                "alluvium_train_" + from + "_to_step_seconds",
                "seconds",
                "Age of newly learned documents since " + since + ", by percentile.",
                PERCENTILE);
        return Stream.of("50", "95", "99")
                .map(percentile -> new Figure(
                        metric, List.of(percentile), "freshness", from + "ToStep.p" + percentile + "Millis", 1e3))
                .toList();
    }

    private static List<Figure> others() {
        return List.of(
                figure(
                        "held_out_bits_per_byte",
                        "bits_per_byte",
                        "eval",
                        "heldOutBitsPerByte",
                        "Newest held-out evaluation."),
                figure("checkpoint_step", Metric.PLAIN, "checkpoint", "step", "Step of the newest checkpoint."),
                figure("checkpoint_bytes", "bytes", "checkpoint", "bytes", "Its size."),
                millis("checkpoint_timestamp_seconds", "checkpoint", TIME, "When it was complete, since 1970."),
                millis("checkpoint_stall_seconds", "checkpoint", "stallMillis", "Time that training waited for it."),
                millis("checkpoint_write_seconds", "checkpoint", "writeMillis", "Time that its writing took."),
                figure(
                        "archive_step",
                        Metric.PLAIN,
                        "archive",
                        "step",
                        "Step of the newest checkpoint in the run's archive."),
                figure("archive_bytes", "bytes", "archive", "bytes", "Its size."),
                millis("archive_timestamp_seconds", "archive", TIME, "When it was there, since 1970."),
                millis("archive_seconds", "archive", "millis", "Time that copying it took."),
                figure("idle_heads", "heads", "probe", "idleHeads", "Heads that do nothing in any probe text."),
                figure(
                        "first_token_ratio",
                        "ratio",
                        "probe",
                        "firstTokenShare",
                        "Share of heads' weight on the first token."));
    }

    private static Figure step(String name, String unit, String field, String help) {
        return figure(name, unit, "step", field, help);
    }

    private static Figure seconds(String what, String event, String help) {
        return millis(what + "_seconds", event, what + "Millis", help);
    }

    private static Figure millis(String name, String event, String field, String help) {
        return new Figure(metric(name, "seconds", help), List.of(), event, field, 1e3);
    }

    private static Figure figure(String name, String unit, String event, String field, String help) {
        return new Figure(metric(name, unit, help), List.of(), event, field, 1);
    }

    private static Metric metric(String name, String unit, String help) {
        return Metric.gauge("alluvium_train_" + name, unit, help);
    }
}
