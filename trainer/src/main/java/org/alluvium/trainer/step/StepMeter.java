package org.alluvium.trainer.step;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.alluvium.trainer.checkpoint.CheckpointState.Progress;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.event.StepFacts;
import org.alluvium.trainer.model.StepPart;

/** Turns a step's results and times into facts. Decides nothing. Used by one thread. */
public final class StepMeter {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Machine machine;
    private final InstantSource clock;
    private final LongSupplier headTokens;
    private long busyNanos;
    private long waitedNanos;

    /**
     * What speed is measured against.
     *
     * @param flopsPerToken of the model, see {@link org.alluvium.trainer.model.ModelShape#flopsPerToken}
     * @param peakFlops of the machine, per second
     */
    public record Machine(double flopsPerToken, double peakFlops) {}

    /**
     * The times of a step.
     *
     * @param waitNanos for data
     * @param stepNanos of forward, backward and update
     * @param asideNanos since the step before, for whatever is no step
     * @param partNanos of the parts of the step, if they are known
     */
    public record Times(long waitNanos, long stepNanos, long asideNanos, Map<StepPart, Long> partNanos) {}

    /**
     * A meter that begins with the next step.
     *
     * @param headTokens tokens that the log names, counted as {@link StepBatch#logTokens}
     */
    public StepMeter(Machine machine, InstantSource clock, LongSupplier headTokens) {
        this.machine = machine;
        this.clock = clock;
        this.headTokens = headTokens;
    }

    /** The facts of a step that has just been taken. */
    public StepFacts measure(StepBatch batch, StepResult result, Progress progress, Times times) {
        busyNanos += times.stepNanos();
        waitedNanos += times.waitNanos();
        double tokensPerSecond = batch.tokens() * NANOS_PER_SECOND / Math.max(1, times.stepNanos());
        return new StepFacts(
                progress.step(),
                progress.tokens(),
                new StepFacts.Learning(
                        result.loss(), result.bitsPerByte(batch.textBytes()), result.learningRate(), result.gradNorm()),
                new StepFacts.Speed(
                        tokensPerSecond,
                        machine.flopsPerToken() * tokensPerSecond / machine.peakFlops(),
                        times.stepNanos(),
                        times.waitNanos(),
                        (double) waitedNanos / Math.max(1, waitedNanos + busyNanos)),
                new StepFacts.Lag(
                        Math.max(0, headTokens.getAsLong() - batch.logTokens()),
                        medianAge(batch, TrainingDocument.Times::commitMillis),
                        medianAge(batch, TrainingDocument.Times::eventMillis),
                        newestEntry(batch),
                        batch.tooOld()),
                new StepFacts.Split(times.asideNanos(), times.partNanos()));
    }

    private static long newestEntry(StepBatch batch) {
        return batch.pieces().stream()
                .filter(piece -> !piece.document().isReplayed())
                .mapToLong(piece -> piece.document().provenance().row().entry())
                .max()
                .orElse(0);
    }

    /** Median over the step's new documents of the seconds since a time of theirs. */
    private double medianAge(StepBatch batch, ToLongFunction<TrainingDocument.Times> time) {
        long now = clock.millis();
        long[] ages = batch.pieces().stream()
                .filter(piece -> !piece.document().isReplayed())
                .map(piece -> piece.document().times())
                .mapToLong(time)
                .map(millis -> now - millis)
                .sorted()
                .toArray();
        return ages.length == 0 ? 0 : ages[ages.length / 2] / MILLIS_PER_SECOND;
    }
}
