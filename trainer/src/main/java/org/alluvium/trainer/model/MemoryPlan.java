package org.alluvium.trainer.model;

import java.lang.management.ManagementFactory;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.ElementType;

/**
 * What a model will allocate, known before it does.
 *
 * @param stateBytes weights, gradients and what the optimizer remembers: 16 bytes a parameter, with Muon up to 12
 * @param activationBytes what forward keeps for backward, and shared gradients
 * @param logitBytes one chunk of logits, and of their gradients where products read another type
 */
public record MemoryPlan(long stateBytes, long activationBytes, long logitBytes) {

    private static final double USABLE_SHARE = 0.8; // the rest is for the heap, other processes and the page cache
    private static final long MIB = 1L << 20;
    private static final long INDICES = 3; // of a token: its id, its target, its document's start

    /**
     * The plan for a setup.
     *
     * @param type that products read
     */
    public static MemoryPlan of(ModelShape shape, TrainingSetup setup, ElementType type) {
        int tokens = Math.multiplyExact(setup.rows(), shape.context());
        long stream = (shape.layers() + 1L) * shape.channels() + 1; // and a loss
        long perToken = (setup.recompute() ? 1 : shape.layers()) * Activations.bytesPerToken(shape, type)
                + Gradients.bytesPerToken(shape, type)
                + OutputHead.bytesPerToken(shape, type)
                + ElementType.F32.bytes() * stream
                + INDICES * Integer.BYTES;
        ParameterLayout layout = new ParameterLayout(shape);
        long state = (setup.learns() ? 2 : 1) * layout.size()
                + OptimizerState.elements(layout, setup)
                + (long) shape.context() * shape.headSize()
                + 1; // the norm
        return new MemoryPlan(
                Math.multiplyExact(ElementType.F32.bytes(), state),
                Math.multiplyExact(perToken, tokens),
                OutputHead.chunkBytes(shape, tokens, type));
    }

    public long totalBytes() {
        return stateBytes + activationBytes + logitBytes;
    }

    /**
     * Compares the plan with this machine's (or container's) memory.
     *
     * @throws ConfigException if it does not fit, naming what would
     */
    public void requireFits() {
        requireFits((long) (USABLE_SHARE * physicalBytes()));
    }

    void requireFits(long usableBytes) {
        if (totalBytes() <= usableBytes) {
            return;
        }
        long left = usableBytes - stateBytes - logitBytes;
        String todo = left < activationBytes / 1024
                ? "Choose a smaller model.preset, or fewer model.layers or model.channels"
                : "Set train.batch to at most %.0f %% of what it is, and train.accumulate higher instead, or model.context lower"
                        .formatted(Math.floor(100.0 * left / activationBytes));
        throw new ConfigException(
                this + ", but only " + usableBytes / MIB + " MiB may be used here", "model, train.batch", todo);
    }

    private static long physicalBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    @Override
    public String toString() {
        return "the model needs %d MiB (state %d, activations %d, logits %d)"
                .formatted(totalBytes() / MIB, stateBytes / MIB, activationBytes / MIB, logitBytes / MIB);
    }
}
