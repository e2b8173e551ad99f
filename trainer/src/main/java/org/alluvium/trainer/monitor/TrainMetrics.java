package org.alluvium.trainer.monitor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What figures of events are called in Prometheus. Names end in the unit; all are gauges, and no label says the step. They are an
 * interface: never rename one.
 */
public final class TrainMetrics {

    /** Of all names. */
    public static final String PREFIX = "alluvium_train_";

    /** In the order in which they are written. */
    public static final List<Metric> ALL = List.of(
            step("step", "step", 1, "Steps taken."),
            step("tokens", "tokens", 1, "Input tokens trained on."),
            step("loss_nats", "loss", 1, "Mean cross entropy of the last step, per token."),
            step("bits_per_byte", "bitsPerByte", 1, "The same in bits, per byte of text."),
            step("learning_rate", "learningRate", 1, "Learning rate of the last update."),
            step("gradient_norm", "gradNorm", 1, "Norm of the gradient before clipping."),
            step("tokens_per_second", "tokensPerSecond", 1, "Input tokens per second of computing."),
            step("model_flops_utilization_ratio", "mfu", 1, "Share of the machine's peak FLOP/s."),
            step("step_seconds", "stepMillis", 1e3, "Time that the last step computed."),
            step("forward_seconds", "forwardMillis", 1e3, "Of that, the forward pass of the blocks."),
            step("output_seconds", "outputMillis", 1e3, "Of that, logits and loss with their gradients."),
            step("backward_seconds", "backwardMillis", 1e3, "Of that, the backward pass of the blocks."),
            step("update_seconds", "updateMillis", 1e3, "Of that, norm and optimizer."),
            step("wait_seconds", "waitMillis", 1e3, "Time that the last step waited for data."),
            step(
                    "aside_seconds",
                    "asideMillis",
                    1e3,
                    "Time spent on checkpoints and evaluations before the last step."),
            step("wait_ratio", "waitShare", 1, "Share of this process's time that was spent waiting for data."),
            step("lag_tokens", "lagTokens", 1, "Tokens of the log that were not trained on yet."),
            step("lag_seconds", "lagSeconds", 1, "Median age of the last step's documents since their commit."),
            new Metric("held_out_bits_per_byte", "eval", "heldOutBitsPerByte", 1, "Newest held-out evaluation."),
            new Metric("checkpoint_step", "checkpoint", "step", 1, "Step of the newest checkpoint."),
            new Metric("checkpoint_bytes", "checkpoint", "bytes", 1, "Its size."),
            new Metric(
                    "checkpoint_stall_seconds", "checkpoint", "stallMillis", 1e3, "Time that training waited for it."),
            new Metric("checkpoint_write_seconds", "checkpoint", "writeMillis", 1e3, "Time that its writing took."),
            new Metric("idle_heads", "probe", "idleHeads", 1, "Heads that do nothing in any probe text."),
            new Metric(
                    "first_token_ratio", "probe", "firstTokenShare", 1, "Share of heads' weight on the first token."));

    private TrainMetrics() {}

    /**
     * A figure of the newest event of a type.
     *
     * @param name without the prefix
     * @param event type of the event
     * @param field of the event
     * @param divisor from its unit to that of the metric
     * @param help what it is
     */
    public record Metric(String name, String event, String field, double divisor, String help) {

        /** Its value in the fields of such an event, if there is one. */
        public Optional<Double> of(Map<String, ?> fields) {
            return fields.get(field) instanceof Number number
                    ? Optional.of(number.doubleValue() / divisor)
                    : Optional.empty();
        }
    }

    private static Metric step(String name, String field, double divisor, String help) {
        return new Metric(name, "step", field, divisor, help);
    }
}
