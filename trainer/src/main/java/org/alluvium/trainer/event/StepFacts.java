package org.alluvium.trainer.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.alluvium.trainer.model.StepPart;

/**
 * What is measured of a step.
 *
 * @param step from 1
 * @param tokens input tokens trained on since the run began, without padding
 * @param learning what the step learned
 * @param speed how fast it was
 * @param lag how far behind the log training is
 * @param split where the time went
 */
public record StepFacts(long step, long tokens, Learning learning, Speed speed, Lag lag, Split split) {

    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * What the step learned.
     *
     * @param loss mean cross entropy before the update, in nats per target
     * @param bitsPerByte the same, prequential: in bits per byte of text
     * @param learningRate of the update
     * @param gradNorm global norm before clipping
     */
    public record Learning(double loss, double bitsPerByte, double learningRate, double gradNorm) {}

    /**
     * How fast it was.
     *
     * @param tokensPerSecond input tokens over the time of forward, backward and update
     * @param mfu model FLOP/s utilization: flopsPerToken * tokensPerSecond / peak FLOP/s
     * @param stepNanos time of forward, backward and update
     * @param waitNanos time spent waiting for data before the step
     * @param waitShare of this process's time so far that was spent waiting for data
     */
    public record Speed(double tokensPerSecond, double mfu, long stepNanos, long waitNanos, double waitShare) {}

    /**
     * How far behind the log training is.
     *
     * @param tokens named by the log and not trained on yet
     * @param seconds from the commit of the step's documents to the end of the step, median over documents
     * @param eventSeconds the same from their event times
     * @param logEntry the newest entry of the shard log that brought a document of the step
     * @param tooOld documents that were passed over before the step, for they had been published too long ago
     */
    public record Lag(long tokens, double seconds, double eventSeconds, long logEntry, long tooOld) {}

    /**
     * Where the time went.
     *
     * @param asideNanos that training spent since the step before on what is no step: copying weights for checkpoints and
     *     evaluations, or evaluating
     * @param partNanos of the parts of the step; empty where what computes cannot tell them apart
     */
    public record Split(long asideNanos, Map<StepPart, Long> partNanos) {}

    /** The event's fields; times of parts only where they are known. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step);
        fields.put("tokens", tokens);
        fields.put("loss", learning.loss());
        fields.put("bitsPerByte", learning.bitsPerByte());
        fields.put("learningRate", learning.learningRate());
        fields.put("gradNorm", learning.gradNorm());
        fields.put("tokensPerSecond", speed.tokensPerSecond());
        fields.put("mfu", speed.mfu());
        fields.put("stepMillis", speed.stepNanos() / NANOS_PER_MILLI);
        fields.put("waitMillis", speed.waitNanos() / NANOS_PER_MILLI);
        fields.put("waitShare", speed.waitShare());
        fields.put("asideMillis", toTheMicrosecond(split.asideNanos()));
        split.partNanos().keySet().stream()
                .sorted()
                .forEach(part -> fields.put(
                        part.name().toLowerCase(Locale.ROOT) + "Millis",
                        toTheMicrosecond(split.partNanos().get(part))));
        fields.put("lagTokens", lag.tokens());
        fields.put("lagSeconds", lag.seconds());
        fields.put("eventLagSeconds", lag.eventSeconds());
        fields.put("logEntry", lag.logEntry());
        if (lag.tooOld() > 0) {
            fields.put("tooOld", lag.tooOld());
        }
        return fields;
    }

    /** Milliseconds in few digits, as there are many of them. */
    private static double toTheMicrosecond(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
