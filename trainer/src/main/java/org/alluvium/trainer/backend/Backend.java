package org.alluvium.trainer.backend;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Whole-tensor operations, in forward and backward pairs, in the order a step calls them. Letters are those of
 * {@code org.alluvium.trainer.model}; N is B * T. All matrices are row-major, weights are (out, in).
 *
 * <p>Calls take effect in the order they are made, as if each were complete when it returns; a backend may queue them and
 * wait only in {@link #read}. Results are a pure function of the calls: not of thread count, timing or addresses. An
 * argument that is written must not overlap another argument. One thread uses an instance at a time.
 *
 * <p>A tensor is {@link ElementType#F32} unless the operation says otherwise. What is stored in a BF16 tensor is rounded
 * once, to nearest; sums are accumulated in F32. A wrong type is an {@link IllegalArgumentException}.
 *
 * <p>Everything that is called "gradient" in an argument list is added to, never overwritten, unless the operation says
 * otherwise.
 */
public interface Backend extends AutoCloseable {

    BackendInfo info();

    /** The type that matrix products read: of a linear layer's input, and of the gradient of its output. */
    ElementType activations();

    /**
     * Whether tensors of a type can be had: F32 and that of {@link #activations} always; another may be refused, by an
     * {@link IllegalArgumentException} of {@link #allocate}.
     */
    default boolean stores(ElementType type) {
        return true;
    }

    /** The memory that tensors lie in, if it is not this process's. */
    default Optional<DeviceMemory> deviceMemory() {
        return Optional.empty();
    }

    /**
     * What a backend like this one takes for itself, known before it takes it.
     *
     * @param threads of that backend; 0 for every core
     */
    default OwnMemory ownMemory(Workload work, int threads) {
        return OwnMemory.NONE;
    }

    /** Takes what operations of this work need while they run, so that none of them has to. */
    default void reserve(Workload work) {}

    /** A zeroed tensor of a type that it {@link #stores}; lives until the backend is closed. */
    Tensor allocate(long size, ElementType type);

    /** A zeroed F32 tensor; lives until the backend is closed. */
    default Tensor allocate(long size) {
        return allocate(size, ElementType.F32);
    }

    /**
     * The master (out,in) as products read it; lives until the backend is closed.
     *
     * @param learns whether {@link #linearBackwardInput} may read it; a backend may refuse that otherwise, by an
     *     {@link IllegalStateException}
     */
    Weight weight(Tensor master, int out, int in, boolean learns);

    /** Takes over what the weight's master holds now. */
    void refresh(Weight weight);

    /** Zeroed indices; live until the backend is closed. */
    Indices allocateIndices(int size);

    /** Copies the first {@code count} elements of {@code source} into a tensor of any type. */
    void write(Tensor destination, float[] source, int count);

    /** Copies the first {@code count} elements of {@code source} in. */
    void write(Indices destination, int[] source, int count);

    /** Copies the first {@code count} elements out of a tensor of any type, after all earlier operations. */
    void read(Tensor source, float[] destination, int count);

    /**
     * Copies all elements of an F32 tensor out, as floats in the machine's byte order.
     *
     * @param destination native memory of the tensor's size
     */
    void read(Tensor source, MemorySegment destination);

    /** Waits until what was asked for before has been computed; {@link #read} does so by itself. */
    default void finish() {}

    /** What has moved so far, if tensors are not in this process. */
    default Optional<Traffic> traffic() {
        return Optional.empty();
    }

    /** Sets every element to 0, whatever its type. */
    void clear(Tensor tensor);

    /** Copies the first {@code size} elements; between types it converts. */
    void copy(Tensor destination, Tensor source, long size);

    /** {@code output (N,C) = table (V,C)[ids (N)]}. */
    void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels);

    /** {@code tableGradient (V,C)[ids (N)] += outputGradient (N,C)}; equal ids add up in row order. */
    void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels);

    /**
     * RMSNorm (arXiv 1910.07467): {@code output = input * r * weight} with {@code r = 1 / sqrt(mean(input^2) + epsilon)};
     * r (N) is kept in {@code buffers} for the backward pass.
     *
     * @param output of any type
     */
    void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon);

    /**
     * Adds to {@code inputGradient} (N,C) and {@code weightGradient} (C).
     *
     * @param outputGradient (N,C) of any type
     */
    void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels);

    /**
     * {@code output (N,out) = input (N,in) weight^T}, or {@code +=} if {@code accumulate}.
     *
     * @param output F32 or, if it does not accumulate, of type {@link #activations()}
     * @param input of type {@link #activations()}
     */
    void linear(Tensor output, Tensor input, Weight weight, LinearShape shape, boolean accumulate);

    /**
     * {@code inputGradient (N,in) = outputGradient (N,out) weight}; overwrites.
     *
     * @param inputGradient F32 or of type {@link #activations()}
     * @param outputGradient of type {@link #activations()}
     */
    void linearBackwardInput(Tensor inputGradient, Tensor outputGradient, Weight weight, LinearShape shape);

    /**
     * {@code weightGradient (out,in) = outputGradient^T input}, or {@code +=} if {@code accumulate}.
     *
     * @param outputGradient of type {@link #activations()}
     * @param input of type {@link #activations()}
     */
    void linearBackwardWeight(
            Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape, boolean accumulate);

    /**
     * RMSNorm of every query and key head alone, as Qwen3 has it: {@code output = input * r * weight} over the D elements of
     * a head; values are copied.
     *
     * @param output (N, (H+2G)D)
     */
    void headNorm(HeadNormBuffers buffers, Tensor output, AttentionShape shape, double epsilon);

    /** Turns {@code packedGradient} (N, (H+2G)D) from the gradient of the output into that of the input, in place. */
    void headNormBackward(
            HeadNormBuffers buffers, HeadNormGradients gradients, Tensor packedGradient, AttentionShape shape);

    /**
     * Rotary position embedding (arXiv 2104.09864) in place on the query and key heads. Element i of a head's first half
     * is paired with element i of its second half, as Hugging Face does. Positions count from the document's start.
     *
     * @param packed (N, (H+2G)D) of any type
     * @param table (T,D): for each position D/2 cosines, then D/2 sines
     */
    void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape);

    /** The transpose of {@link #rotate}, in place on the gradient. */
    void rotateBackward(Tensor packedGradient, Tensor table, Indices documentStart, AttentionShape shape);

    /**
     * Causal attention within documents: token t of a row attends to tokens {@code documentStart[t] .. t}, with scores
     * scaled by 1 / sqrt(D). Never holds more than a tile of the (T,T) scores.
     *
     * @param output (N, HD) of any type
     * @param logSumExp receives (B,H,T) for the backward pass
     * @param packed (N, (H+2G)D) of any type
     */
    void attention(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape);

    /**
     * {@link #attention} for the last token of one row alone, which is of the same document as all before it: what it takes to
     * continue a text by a token.
     *
     * @param output (HD), of any type
     * @param packed (T, (H+2G)D), rotated, of any type
     */
    void attentionOfLast(Tensor output, Tensor packed, AttentionShape shape);

    /** Overwrites {@code packedGradient} (N, (H+2G)D); it, the output and its gradient may be of any type. */
    void attentionBackward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape);

    /** SwiGLU (arXiv 2002.05202): {@code output (N,F) = silu(gate) * up}; a row of {@code gateUp} is F gates, F ups. Of any type. */
    void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden);

    /** Overwrites {@code gateUpGradient} (N,2F); all of any type. */
    void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden);

    /** {@code output = max(0, input)^2} of the first {@code size} elements. */
    void reluSquared(Tensor output, Tensor input, long size);

    /** Overwrites {@code inputGradient}. */
    void reluSquaredBackward(Tensor inputGradient, Tensor outputGradient, Tensor input, long size);

    /**
     * {@code losses (N) = -log softmax(logits (N,V))[target]} in nats, of the bent logits, 0 where the target is negative;
     * may overwrite the logits.
     */
    void crossEntropy(Tensor losses, Tensor logits, Indices targets, LossTerms terms, int rows, int vocabulary);

    /**
     * {@link #crossEntropy}, and fills the gradient with that of {@code scale * sum(objectives)} with respect to the
     * logits.
     */
    void crossEntropyWithGradient(LossBuffers buffers, LossTerms terms, float scale, int rows, int vocabulary);

    /** {@code result[0] = sum(tensor^2)}. */
    void squaredNorm(Tensor result, Tensor tensor);

    /**
     * One AdamW update of the first {@code moments.first().size()} weights.
     *
     * @param squaredNorm one element: the squared global norm that clipping is decided on
     */
    void adamW(Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients);

    /**
     * One Muon update of every matrix.
     *
     * @param squaredNorm one element: the squared global norm that clipping is decided on
     */
    void muon(List<MuonMatrix> matrices, Tensor squaredNorm, MuonCoefficients coefficients);

    /** {@code average += share * (weights - average)}. */
    void average(Tensor average, Tensor weights, double share);

    /** Floating-point operations per second of this machine's best matrix product, measured in about half a second. */
    double measurePeakFlops();

    @Override
    void close();

    /**
     * What RMSNorm keeps for its backward pass.
     *
     * @param input (N,C)
     * @param weight (C)
     * @param inverseRms (N)
     */
    record NormBuffers(Tensor input, Tensor weight, Tensor inverseRms) {}

    /**
     * What {@link #headNorm} keeps for its backward pass.
     *
     * @param input (N, (H+2G)D)
     * @param queryWeight (D), for every query head
     * @param keyWeight (D), for every key head
     * @param inverseRms (N,H+G)
     */
    record HeadNormBuffers(Tensor input, Tensor queryWeight, Tensor keyWeight, Tensor inverseRms) {}

    /** Gradients (D) of the weights of query and key heads, which are added to. */
    record HeadNormGradients(Tensor query, Tensor key) {}

    /**
     * What attention keeps for its backward pass.
     *
     * @param output (N,HD)
     * @param logSumExp (B,H,T)
     */
    record AttentionResult(Tensor output, Tensor logSumExp) {}

    /**
     * What the loss reads and writes.
     *
     * @param losses (N)
     * @param logits (N,V); overwritten
     * @param gradient (N,V) of any type; may be the logits themselves
     * @param targets (N); negative where nothing is scored
     */
    record LossBuffers(Tensor losses, Tensor logits, Tensor gradient, Indices targets) {}

    /** AdamW's two moments, each as large as the weights they belong to. */
    record Moments(Tensor first, Tensor second) {}
}
