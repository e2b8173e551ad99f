package org.alluvium.trainer.model;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.Backend.LossBuffers;
import org.alluvium.trainer.backend.Backend.NormBuffers;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;

/**
 * The final norm, the output projection and the loss. Logits exist for {@link #chunkRows} rows at a time: for every token
 * of a batch at once they would be the largest tensor by far.
 */
final class OutputHead {

    /** 128 MiB of logits: with less, reading the weight and adding to its gradient once more a chunk costs more. */
    private static final long CHUNK_ELEMENTS = 1L << 25;

    private static final int FEWEST_CHUNKS = 2; // of as many rows as have logits worth cutting

    private static final int ROWS = 64; // of which a chunk is a multiple

    private final Backend backend;
    private final ModelShape shape;
    private final LossTerms terms;
    private final NormBuffers norm;
    private final Tensor normGradient;
    private final Weight weight;
    private final Tensor weightGradient;
    private final Tensor normed; // (N,C)
    private final Tensor logits; // (chunk,V)

    /** (chunk,V), as products read it; the logits themselves where they read F32, or where nothing is learned. */
    private final Tensor logitGradient;

    private final int chunkRows;

    OutputHead(Block.Memory memory, LossTerms terms, Tensor input, int tokens) {
        this.terms = terms;
        backend = memory.backend();
        shape = memory.shape();
        ParameterLayout layout = memory.layout();
        norm = new NormBuffers(input, layout.finalNorm(memory.weights()), backend.allocate(tokens));
        normGradient = layout.finalNorm(memory.gradients());
        weight = memory.weight(layout.head(memory.weights()), shape.vocabulary(), shape.channels());
        weightGradient = layout.head(memory.gradients());
        normed = backend.allocate((long) tokens * shape.channels(), backend.activations());
        chunkRows = chunkRows(shape, tokens);
        long chunk = (long) chunkRows * shape.vocabulary();
        logits = backend.allocate(chunk);
        ElementType type = backend.activations();
        logitGradient = memory.learns() && type != ElementType.F32 ? backend.allocate(chunk, type) : logits;
    }

    /** Rows whose logits exist at the same time: a multiple of 64 where there are as many. */
    static int chunkRows(ModelShape shape, int tokens) {
        long most = Math.max(1, CHUNK_ELEMENTS / shape.vocabulary());
        long chunks = Math.max(FEWEST_CHUNKS, Math.ceilDiv(tokens, most));
        return (int) Math.min(tokens, Math.ceilDiv(Math.ceilDiv(tokens, chunks), ROWS) * ROWS);
    }

    /** Dimensions of the output projection. */
    static LinearShape linear(ModelShape shape, int rows) {
        return new LinearShape(rows, shape.channels(), shape.vocabulary());
    }

    /** What the head allocates for each token, besides a chunk of logits. */
    static long bytesPerToken(ModelShape shape, ElementType type) {
        return ElementType.F32.bytes() + (long) type.bytes() * shape.channels();
    }

    /** One chunk of logits, and of their gradients where something is learned. */
    static long chunkBytes(ModelShape shape, int tokens, ElementType type, boolean learns) {
        long logits = (long) chunkRows(shape, tokens) * shape.vocabulary();
        return logits * (ElementType.F32.bytes() + (learns && type != ElementType.F32 ? type.bytes() : 0));
    }

    /** Takes over new values of the weight. */
    void refresh() {
        backend.refresh(weight);
    }

    /** Fills the losses (N). */
    void forward(Tensor losses, Indices targets, int tokens) {
        normalize(tokens);
        for (int from = 0; from < tokens; from += chunkRows) {
            int rows = Math.min(chunkRows, tokens - from);
            project(from, rows);
            backend.crossEntropy(
                    losses.slice(from, rows), logits, targets.slice(from, rows), terms, rows, shape.vocabulary());
        }
    }

    /**
     * Fills the losses (N) and replaces the residual gradient (N,C) by that of {@code scale * sum(losses)}.
     *
     * @param accumulate whether the weight's gradient is added to; else it is overwritten
     */
    void forwardBackward(
            Tensor losses, Indices targets, float scale, int tokens, Gradients scratch, boolean accumulate) {
        normalize(tokens);
        for (int from = 0; from < tokens; from += chunkRows) {
            int rows = Math.min(chunkRows, tokens - from);
            LinearShape linear = project(from, rows);
            LossBuffers buffers =
                    new LossBuffers(losses.slice(from, rows), logits, logitGradient, targets.slice(from, rows));
            backend.crossEntropyWithGradient(buffers, terms, scale, rows, shape.vocabulary());
            backend.linearBackwardInput(rows(scratch.branch(), from, rows), logitGradient, weight, linear);
            backend.linearBackwardWeight(
                    weightGradient, logitGradient, rows(normed, from, rows), linear, accumulate || from > 0);
        }
        backend.clear(scratch.residual());
        backend.rmsNormBackward(norm, scratch.residual(), normGradient, scratch.branch(), tokens, shape.channels());
    }

    /** The logits (V) of one row. */
    void logits(int row, float[] destination) {
        normalize(row + 1);
        project(row, 1);
        backend.read(logits, destination, shape.vocabulary());
        double cap = terms.softCap();
        for (int v = 0; cap > 0 && v < shape.vocabulary(); v++) {
            destination[v] = (float) (cap * StrictMath.tanh(destination[v] / cap));
        }
    }

    private void normalize(int tokens) {
        backend.rmsNorm(norm, normed, tokens, shape.channels(), shape.normEpsilon());
    }

    private LinearShape project(int from, int rows) {
        LinearShape linear = linear(shape, rows);
        backend.linear(logits, rows(normed, from, rows), weight, linear, false);
        return linear;
    }

    private Tensor rows(Tensor tensor, int from, int rows) {
        return tensor.slice((long) from * shape.channels(), (long) rows * shape.channels());
    }
}
