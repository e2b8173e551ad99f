package org.alluvium.dashboard.http;

import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.event.Event;
import org.alluvium.dashboard.run.RunIndex;

/**
 * The newest figures of runs in Prometheus' text format, version 0.0.4. Each metric has one unit, which its name ends in; all
 * are gauges, and the run is their only label.
 */
final class Metrics {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Map<String, String> OF_STEPS = Map.ofEntries(
            Map.entry("step", "alluvium_train_step"),
            Map.entry("tokens", "alluvium_train_tokens"),
            Map.entry("loss", "alluvium_train_loss_nats"),
            Map.entry("bitsPerByte", "alluvium_train_bits_per_byte"),
            Map.entry("learningRate", "alluvium_train_learning_rate"),
            Map.entry("gradNorm", "alluvium_train_gradient_norm"),
            Map.entry("tokensPerSecond", "alluvium_train_tokens_per_second"),
            Map.entry("mfu", "alluvium_train_model_flops_utilization_ratio"),
            Map.entry("waitShare", "alluvium_train_wait_ratio"),
            Map.entry("lagTokens", "alluvium_train_lag_tokens"),
            Map.entry("lagSeconds", "alluvium_train_lag_seconds"));

    private Metrics() {}

    /** Those of some runs, by their names. */
    static String of(Map<String, RunIndex> runs) {
        StringBuilder text = new StringBuilder();
        OF_STEPS.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(metric -> {
            text.append("# TYPE ").append(metric.getValue()).append(" gauge\n");
            runs.forEach((name, run) ->
                    run.latest("step").ifPresent(step -> line(text, metric.getValue(), name, step, metric.getKey())));
        });
        text.append("# TYPE alluvium_events_read gauge\n");
        runs.forEach((name, run) -> append(text, "alluvium_events_read", name, (double) run.events()));
        return text.toString();
    }

    private static void line(StringBuilder text, String metric, String run, Event step, String field) {
        if (step.fields().get(field) instanceof Number number) {
            append(text, metric, run, number.doubleValue());
        }
    }

    private static void append(StringBuilder text, String metric, String run, double value) {
        String label = run.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        text.append(metric)
                .append("{run=\"")
                .append(label)
                .append("\"} ")
                .append(spelled(value))
                .append('\n');
    }

    private static String spelled(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%s", value);
    }
}
