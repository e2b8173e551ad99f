package org.alluvium.trainer.model;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.OwnMemory;
import org.alluvium.trainer.backend.Workload;

/**
 * What a process that trains or evaluates a model will take, known before it does.
 *
 * @param stateBytes weights, gradients and what the optimizer remembers: 16 bytes a parameter, with Muon up to 12
 * @param activationBytes what forward keeps for backward, and shared gradients
 * @param logitBytes one chunk of logits, and of their gradients where products read another type
 * @param backend what the backend takes besides
 * @param beside what the process takes besides
 */
public record MemoryPlan(
        long stateBytes, long activationBytes, long logitBytes, OwnMemory backend, ProcessMemory beside) {

    private static final double USABLE_SHARE = 0.9; // the rest is for other processes and the page cache
    private static final long MIB = 1L << 20;
    private static final long INDICES = 3; // of a token: its id, its target, its document's start

    /** The plan for a setup on this backend. */
    public static MemoryPlan of(ModelShape shape, TrainingSetup setup, Backend backend) {
        MemoryPlan model = ofModel(shape, setup, backend, backend.info().threads());
        long copy = setup.copyThreads().isPresent()
                ? ofModel(
                                shape,
                                TrainingSetup.toEvaluate(1),
                                backend,
                                setup.copyThreads().getAsInt())
                        .totalBytes()
                : 0;
        return model.beside(ProcessMemory.of(new ParameterLayout(shape), setup, copy));
    }

    private static MemoryPlan ofModel(ModelShape shape, TrainingSetup setup, Backend backend, int threads) {
        ElementType type = backend.activations();
        int tokens = Math.multiplyExact(setup.rows(), shape.context());
        long stream = (shape.layers() + 1L) * shape.channels() + 1; // and a loss
        long perToken = (setup.recompute() ? 1 : shape.layers()) * Activations.bytesPerToken(shape, type)
                + (setup.learns() ? Gradients.bytesPerToken(shape, type) : 0)
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
                OutputHead.chunkBytes(shape, tokens, type, setup.learns()),
                backend.ownMemory(workload(shape, setup), threads),
                ProcessMemory.NONE);
    }

    /** What the model will ask of its backend. */
    static Workload workload(ModelShape shape, TrainingSetup setup) {
        int tokens = Math.multiplyExact(setup.rows(), shape.context());
        ParameterLayout layout = new ParameterLayout(shape);
        List<LinearShape> weights = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            weights.addAll(Block.linears(shape, tokens));
        }
        weights.add(OutputHead.linear(shape, OutputHead.chunkRows(shape, tokens)));
        List<Workload.Matrix> muon = setup.muon().stream()
                .flatMap(_ -> layout.hidden().stream())
                .map(parameter -> new Workload.Matrix(
                        parameter.dimensions().getFirst(),
                        parameter.dimensions().getLast()))
                .toList();
        int normWidth = Math.max(shape.channels(), shape.architecture().qkNorm() ? 2 * shape.headSize() : 0);
        AttentionShape attention =
                new AttentionShape(setup.rows(), shape.context(), shape.heads(), shape.kvHeads(), shape.headSize());
        return new Workload(weights, attention, normWidth, muon, setup.learns());
    }

    private MemoryPlan beside(ProcessMemory process) {
        return new MemoryPlan(stateBytes, activationBytes, logitBytes, backend, process);
    }

    /** Of the model's tensors and indices. */
    public long modelBytes() {
        return stateBytes + activationBytes + logitBytes;
    }

    /** Of the whole process. */
    public long totalBytes() {
        return modelBytes() + backend.totalBytes() + beside.totalBytes();
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
        long left = usableBytes - (totalBytes() - activationBytes);
        String todo = left < activationBytes / 1024
                ? "Choose a smaller model.preset, or fewer model.layers or model.channels; train.eval.place between_steps"
                        + " saves a copy of the weights"
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
        return "the process needs %s: state %s, activations %s, logits %s, packed weights %s, scratch %s%s"
                .formatted(
                        mib(totalBytes()) + " MiB",
                        mib(stateBytes),
                        mib(activationBytes),
                        mib(logitBytes),
                        mib(backend.weightBytes()),
                        mib(backend.scratchBytes()),
                        beside.words());
    }

    static String mib(long bytes) {
        return Long.toString(Math.ceilDiv(bytes, MIB));
    }
}
