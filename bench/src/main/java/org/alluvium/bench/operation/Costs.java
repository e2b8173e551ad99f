package org.alluvium.bench.operation;

import java.util.List;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.MuonMatrix;

/**
 * The cost of each operation of a {@link Backend}, by its shape. N is the number of tokens, other letters are those of
 * {@code org.alluvium.trainer.model}. Statistics of rows, indices and weights of norms are left out: a few bytes in a
 * thousand. What a cache saves or costs between operations is not known here, so a rate above the memory's is possible.
 */
final class Costs {

    private static final int FLOAT = ElementType.F32.bytes();
    private static final int ADDED = 2 * FLOAT; // a float that is read and written

    private Costs() {}

    /** A weight that is packed for both directions: the master is read once. */
    static Cost refresh(long elements, ElementType packed) {
        return Cost.ofBytes(elements * (FLOAT + 2.0 * packed.bytes()));
    }

    /** {@code elements} that are read once, with {@code read} bytes each, and written once. */
    static Cost map(long elements, double read, double written) {
        return Cost.ofBytes(elements * (read + written));
    }

    static Cost embed(long tokens, int channels) {
        return map(tokens * channels, FLOAT, FLOAT);
    }

    static Cost embedBackward(long tokens, int channels) {
        return map(tokens * channels, FLOAT, ADDED);
    }

    static Cost rmsNorm(long tokens, int channels, ElementType output) {
        return map(tokens * channels, FLOAT, output.bytes());
    }

    static Cost rmsNormBackward(long tokens, int channels, ElementType outputGradient) {
        return map(tokens * channels, FLOAT + outputGradient.bytes(), ADDED);
    }

    static Cost linear(LinearShape shape, ElementType read, ElementType output, boolean accumulate) {
        return product(shape, read, outputs(shape) * output.bytes() * (accumulate ? 2 : 1));
    }

    static Cost linearBackwardInput(LinearShape shape, ElementType read, ElementType inputGradient) {
        double moved = (outputs(shape) + weights(shape)) * read.bytes() + inputs(shape) * inputGradient.bytes();
        return new Cost(shape.flops(), moved);
    }

    static Cost linearBackwardWeight(LinearShape shape, ElementType read, boolean accumulate) {
        double moved = (outputs(shape) + inputs(shape)) * read.bytes() + weights(shape) * (accumulate ? ADDED : FLOAT);
        return new Cost(shape.flops(), moved);
    }

    private static Cost product(LinearShape shape, ElementType read, double writtenBytes) {
        return new Cost(shape.flops(), (inputs(shape) + weights(shape)) * read.bytes() + writtenBytes);
    }

    private static double inputs(LinearShape shape) {
        return (double) shape.rows() * shape.in();
    }

    private static double outputs(LinearShape shape) {
        return (double) shape.rows() * shape.out();
    }

    private static double weights(LinearShape shape) {
        return (double) shape.in() * shape.out();
    }

    /** Values are copied. */
    static Cost headNorm(AttentionShape shape, ElementType type) {
        return map(packed(shape), type.bytes(), type.bytes());
    }

    static Cost headNormBackward(AttentionShape shape, ElementType type) {
        return map(turned(shape), 2.0 * type.bytes(), type.bytes());
    }

    static Cost rotate(AttentionShape shape, ElementType type) {
        return map(turned(shape), type.bytes(), type.bytes());
    }

    /** As if each row was one document; of shorter ones fewer products are computed. */
    static Cost attention(AttentionShape shape, ElementType type) {
        double moved = (packed(shape) + attended(shape)) * type.bytes();
        return new Cost(2 * pairFlops(shape), moved);
    }

    /** The scores once more, and the gradients of scores, queries, keys and values. */
    static Cost attentionBackward(AttentionShape shape, ElementType type) {
        double moved = 2 * (packed(shape) + attended(shape)) * type.bytes();
        return new Cost(5 * pairFlops(shape), moved);
    }

    /** Of one product of all queries with the keys before them. */
    private static double pairFlops(AttentionShape shape) {
        double pairs = shape.context() * (shape.context() + 1.0) / 2;
        return 2.0 * shape.rows() * shape.heads() * pairs * shape.headSize();
    }

    private static long packed(AttentionShape shape) {
        return (long) shape.tokens() * shape.packedWidth();
    }

    private static long attended(AttentionShape shape) {
        return (long) shape.tokens() * shape.outputWidth();
    }

    /** Queries and keys. */
    private static long turned(AttentionShape shape) {
        return (long) shape.tokens() * (shape.heads() + shape.kvHeads()) * shape.headSize();
    }

    static Cost swiGlu(long tokens, int hidden, ElementType type) {
        return map(tokens * hidden, 2.0 * type.bytes(), type.bytes());
    }

    static Cost swiGluBackward(long tokens, int hidden, ElementType type) {
        return map(tokens * hidden, 3.0 * type.bytes(), 2.0 * type.bytes());
    }

    static Cost crossEntropy(long rows, int vocabulary) {
        return map(rows * vocabulary, FLOAT, 0);
    }

    static Cost crossEntropyWithGradient(long rows, int vocabulary, ElementType gradient) {
        return map(rows * vocabulary, FLOAT, gradient.bytes());
    }

    static Cost squaredNorm(long elements) {
        return map(elements, FLOAT, 0);
    }

    /** A weight and two moments change, a gradient is read. */
    static Cost adamW(long elements) {
        return map(elements, FLOAT, 3.0 * ADDED);
    }

    static Cost average(long elements) {
        return map(elements, FLOAT, ADDED);
    }

    /** An iteration is a Gram matrix, its square and a product with it; what it moves may stay in a cache. */
    static Cost muon(List<MuonMatrix> matrices, int iterations) {
        return matrices.stream()
                .map(matrix -> muon(matrix.out(), matrix.in(), iterations))
                .reduce(Cost.NONE, Cost::plus);
    }

    static Cost muon(long out, long in, int iterations) {
        double side = Math.min(out, in);
        double length = Math.max(out, in);
        double flops = iterations * (4 * side * side * length + 2 * side * side * side);
        return new Cost(flops, out * in * (FLOAT + 2.0 * ADDED));
    }
}
