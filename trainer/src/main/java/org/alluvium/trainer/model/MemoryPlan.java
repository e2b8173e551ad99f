package org.alluvium.trainer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceMemory;
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
 * @param device where all but the last lies; empty if that is this process
 */
public record MemoryPlan(
        long stateBytes,
        long activationBytes,
        long logitBytes,
        OwnMemory backend,
        ProcessMemory beside,
        Optional<DeviceMemory> device) {

    private static final long MIB = 1L << 20;
    private static final long INDICES = 3; // of a token: its id, its target, its document's start

    /** The plan for a setup on this backend, or one of its kind where there is a copy of the weights. */
    public static MemoryPlan of(ModelShape shape, TrainingSetup setup, Backend backend) {
        return of(shape, setup, backend, backend);
    }

    /**
     * The plan for a setup on a backend.
     *
     * @param evaluating of the kind that a copy of the weights is put onto, if there is one
     */
    static MemoryPlan of(ModelShape shape, TrainingSetup setup, Backend backend, Backend evaluating) {
        MemoryPlan model = ofModel(shape, setup, backend, backend.info().threads());
        long copy = setup.copyThreads().isPresent()
                ? ofModel(
                                shape,
                                TrainingSetup.toEvaluate(1),
                                evaluating,
                                setup.copyThreads().getAsInt())
                        .placedBytes()
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
                ProcessMemory.NONE,
                backend.deviceMemory());
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
        return new MemoryPlan(stateBytes, activationBytes, logitBytes, backend, process, device);
    }

    /** Of the model's tensors and indices. */
    public long modelBytes() {
        return stateBytes + activationBytes + logitBytes;
    }

    /** Where tensors lie: of the device, or of this process. */
    private long placedBytes() {
        return modelBytes() + backend.totalBytes();
    }

    /** Of the device; 0 where this process computes. */
    public long deviceBytes() {
        return device.isPresent() ? placedBytes() : 0;
    }

    /** Of the whole process. */
    public long totalBytes() {
        return device.map(DeviceMemory::hostCopies).orElse(1) * placedBytes() + beside.totalBytes();
    }

    /**
     * What stands in its way here, as a sentence's beginning; empty if it fits.
     *
     * @param usableBytes of this process
     */
    Optional<String> obstacle(long usableBytes) {
        if (device.isPresent() && deviceBytes() > device.get().bytes()) {
            return Optional.of(this + ", but the device keeps at most "
                    + device.get().bytes() / MIB + " MiB: " + device.get().limit());
        }
        return totalBytes() > usableBytes
                ? Optional.of(this + ", but only " + usableBytes / MIB + " MiB may be used here")
                : Optional.empty();
    }

    @Override
    public String toString() {
        String placed = "state %s, activations %s, logits %s, packed weights %s, scratch %s"
                .formatted(
                        mib(stateBytes),
                        mib(activationBytes),
                        mib(logitBytes),
                        mib(backend.weightBytes()),
                        mib(backend.scratchBytes()));
        if (device.isEmpty()) {
            return "the process needs " + mib(totalBytes()) + " MiB: " + placed + ", " + beside.words();
        }
        long copies = totalBytes() - beside.totalBytes();
        return "the device needs " + mib(deviceBytes()) + " MiB: " + placed + "; the process needs " + mib(totalBytes())
                + " MiB: " + (copies > 0 ? "what is on the device " + mib(copies) + ", " : "") + beside.words();
    }

    static String mib(long bytes) {
        return Long.toString(Math.ceilDiv(bytes, MIB));
    }
}
