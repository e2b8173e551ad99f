package org.alluvium.trainer.model;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.optim.Update;

/**
 * A transformer with gradients and optimizer state, as the training loop sees it. Everything heavy may live on a device;
 * only ids go in, and losses, norms and (for checkpoints) tensors come out. One thread uses an instance at a time.
 * Results are a pure function of the calls made: neither thread count nor timing changes a bit.
 */
public interface TrainableModel extends AutoCloseable {

    ModelShape shape();

    /** What computes, for the start banner. */
    BackendInfo backend();

    /** What it takes. */
    MemoryPlan memory();

    /**
     * Floating-point operations per second of the fastest matrix product here, for MFU (see
     * {@link ModelShape#flopsPerToken}); measured by this call in about half a second.
     */
    double measurePeakFlops();

    /** Every parameter, in a fixed order, under its name in the Hugging Face Llama layout. */
    List<ParameterInfo> parameters();

    /** Sets every weight from the seed and clears gradients and what the optimizer remembers. */
    void initialize(long seed);

    /**
     * Runs forward and backward and adds the gradient of {@code sum(loss of scored tokens) * scale} to the gradients.
     *
     * @param scale usually 1 / scored tokens of the whole step
     * @param tokenLosses receives (B,T) cross entropies in nats, 0 where not scored
     * @return sum of the losses in nats
     */
    double accumulateGradients(Batch batch, float scale, float[] tokenLosses);

    /**
     * Has somebody told when {@link #accumulateGradients} is over with {@link StepPart#FORWARD} and {@link StepPart#OUTPUT}, by the
     * thread that calls it. Told is nothing where operations are done later than they are asked for.
     */
    default void tellParts(Consumer<StepPart> listener) {
        // a model in one piece
    }

    /** Forward only; returns the sum of the losses in nats and fills {@code tokenLosses} (B,T). */
    double evaluate(Batch batch, float[] tokenLosses);

    /** The global norm of the gradients accumulated so far, before clipping. */
    double gradientNorm();

    /**
     * Clips the gradients to a global norm, applies one update and clears the gradients.
     *
     * @throws IllegalStateException if {@link #gradientNorm} was not asked since gradients were last accumulated
     */
    void update(Update update);

    /** Clears the gradients, as if nothing had been accumulated. */
    void discardGradients();

    /** Which tensors of a parameter there are: its weight, and what the optimizer remembers. */
    Set<Slot> slots(ParameterInfo parameter);

    /** Copies a tensor out, row-major, for a checkpoint. */
    void read(ParameterInfo parameter, Slot slot, float[] destination);

    /**
     * The same, as fast as the machine copies memory.
     *
     * @param destination native memory of the tensor's size; receives floats in the machine's byte order
     */
    void read(ParameterInfo parameter, Slot slot, MemorySegment destination);

    /** Copies a tensor in, row-major, when resuming. */
    void write(ParameterInfo parameter, Slot slot, float[] source);

    /**
     * Logits (V) of the token that follows the given ids, which form one document. Cheap where a call goes on by one id from the
     * one before; the logits are then those of a call by itself but for rounding.
     */
    float[] nextTokenLogits(int[] ids, int length);

    /**
     * Computes one document, and shows what came of it.
     *
     * @param document ids, from 1 to T
     * @throws IllegalStateException if the model was made to recompute, and so keeps nothing to look at
     */
    Insight inspect(int[] document);

    @Override
    void close();

    /** Which of a parameter's tensors. */
    enum Slot {
        WEIGHT,
        FIRST_MOMENT,
        SECOND_MOMENT,
        MOMENTUM,
        AVERAGE
    }
}
