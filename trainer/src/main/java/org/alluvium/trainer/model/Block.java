package org.alluvium.trainer.model;

import java.util.Optional;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.Backend.AttentionResult;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.Backend.HeadNormGradients;
import org.alluvium.trainer.backend.Backend.NormBuffers;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;

/**
 * One transformer block, and the activations it keeps from forward to backward:
 *
 * <pre>
 * middle = input  + attention(rotate(norm(input) packed^T)) output^T
 * result = middle + swiGlu(norm(middle) gateUp^T) down^T
 * </pre>
 *
 * <p>An {@link Architecture} may normalize heads before they are rotated, and have another activation.
 */
final class Block {

    private final Backend backend;
    private final ModelShape shape;
    private final Matrices matrices;
    private final ParameterLayout.Layer gradients;
    private final Tensor rotations;

    private final NormBuffers inputNorm;
    private final Tensor normedInput; // (N,C)
    private final Tensor projected; // (N,(H+2G)D)
    private final Tensor
            packed; // (N,(H+2G)D), with normalized heads, rotated; the same tensor where there are no norms
    private final Optional<HeadNormBuffers> headNorms;
    private final AttentionResult attention;
    private final Tensor middle; // (N,C)
    private final NormBuffers postNorm;
    private final Tensor normedMiddle; // (N,C)
    private final Tensor gateUp; // (N,2F), or (N,F) without gates
    private final Tensor activated; // (N,F)

    /**
     * @param input where the block reads the residual stream (N,C)
     * @param tokens N, the most tokens it is run on
     */
    Block(Memory memory, int index, Tensor input, int tokens) {
        backend = memory.backend();
        shape = memory.shape();
        ParameterLayout.Layer weights = memory.layout().layer(memory.weights(), index);
        matrices = new Matrices(backend, shape, weights);
        gradients = memory.layout().layer(memory.gradients(), index);
        rotations = memory.rotations();
        long width = (long) tokens * shape.channels();
        inputNorm = new NormBuffers(input, weights.inputNorm(), backend.allocate(tokens));
        normedInput = backend.allocate(width);
        projected = backend.allocate((long) tokens * shape.packedWidth());
        headNorms = weights.headNorms()
                .map(norms -> new HeadNormBuffers(
                        projected,
                        norms.query(),
                        norms.key(),
                        backend.allocate((long) tokens * (shape.heads() + shape.kvHeads()))));
        packed = headNorms.isPresent() ? backend.allocate((long) tokens * shape.packedWidth()) : projected;
        attention = new AttentionResult(
                backend.allocate((long) tokens * shape.attentionWidth()),
                backend.allocate((long) tokens * shape.heads()));
        middle = backend.allocate(width);
        postNorm = new NormBuffers(middle, weights.postNorm(), backend.allocate(tokens));
        normedMiddle = backend.allocate(width);
        gateUp = backend.allocate((long) tokens * shape.hiddenInputWidth());
        activated = backend.allocate((long) tokens * shape.hidden());
    }

    /** The layer's weights as products read them. */
    private record Matrices(Weight packed, Weight output, Weight gateUp, Weight down) {

        Matrices(Backend backend, ModelShape shape, ParameterLayout.Layer masters) {
            this(
                    backend.weight(masters.packed(), shape.packedWidth(), shape.channels()),
                    backend.weight(masters.output(), shape.channels(), shape.attentionWidth()),
                    backend.weight(masters.gateUp(), shape.hiddenInputWidth(), shape.channels()),
                    backend.weight(masters.down(), shape.channels(), shape.hidden()));
        }
    }

    /** Takes over new values of the weights. */
    void refresh() {
        backend.refresh(matrices.packed());
        backend.refresh(matrices.output());
        backend.refresh(matrices.gateUp());
        backend.refresh(matrices.down());
    }

    /** Elements a block allocates per token. */
    static long elementsPerToken(ModelShape shape) {
        return 3L * shape.channels()
                + shape.attentionWidth()
                + shape.packedWidth()
                + shape.heads()
                + 2
                + shape.hiddenInputWidth()
                + shape.hidden()
                + (shape.architecture().qkNorm() ? shape.packedWidth() + shape.heads() + shape.kvHeads() : 0);
    }

    /** What all blocks share. */
    record Memory(
            Backend backend,
            ModelShape shape,
            ParameterLayout layout,
            Tensor weights,
            Tensor gradients,
            Tensor rotations) {}

    /**
     * Gradients of what lies between layers; every block uses the same.
     *
     * @param residual (N,C): in, the gradient of the block's result; out, that of its input
     * @param branch (N,C), or (N,HD) where that of attention's output
     * @param packed (N,(H+2G)D)
     * @param gateUp (N,2F), or (N,F) without gates
     * @param activated (N,F)
     */
    record Scratch(Tensor residual, Tensor branch, Tensor packed, Tensor gateUp, Tensor activated) {

        Scratch(Backend backend, ModelShape shape, int tokens) {
            this(
                    backend.allocate((long) tokens * shape.channels()),
                    backend.allocate((long) tokens * branchWidth(shape)),
                    backend.allocate((long) tokens * shape.packedWidth()),
                    backend.allocate((long) tokens * shape.hiddenInputWidth()),
                    backend.allocate((long) tokens * shape.hidden()));
        }

        static long elementsPerToken(ModelShape shape) {
            return shape.channels()
                    + branchWidth(shape)
                    + shape.packedWidth()
                    + (long) shape.hiddenInputWidth()
                    + shape.hidden();
        }

        private static int branchWidth(ModelShape shape) {
            return Math.max(shape.channels(), shape.attentionWidth());
        }
    }

    /** Writes the block's result (N,C). */
    void forward(Tensor result, Indices documentStart, AttentionShape dimensions) {
        project(projected, dimensions.tokens());
        headNorms.ifPresent(norms -> backend.headNorm(norms, packed, dimensions, shape.normEpsilon()));
        backend.rotate(packed, rotations, documentStart, dimensions);
        backend.attention(attention.output(), attention.logSumExp(), packed, documentStart, dimensions);
        finish(result, dimensions.tokens());
    }

    /**
     * {@link #forward} for one more token of a document that has the first row to itself. Its keys and values join those that
     * forward and earlier steps have left in {@code packed}; everything else is in the places of the first token.
     *
     * @param position of the token, counted from 0
     */
    void step(Tensor result, Indices documentStart, int position) {
        AttentionShape one = attentionShape(1);
        long width = shape.packedWidth();
        Tensor row = packed.slice(position * width, width);
        Tensor angles = rotations.slice((long) position * shape.headSize(), shape.headSize());
        project(headNorms.isPresent() ? projected : row, 1);
        headNorms.ifPresent(norms -> backend.headNorm(norms, row, one, shape.normEpsilon()));
        backend.rotate(row, angles, documentStart, one);
        int known = position + 1;
        backend.attentionOfLast(attention.output(), packed.slice(0, known * width), attentionShape(known));
        finish(result, 1);
    }

    private AttentionShape attentionShape(int context) {
        return new AttentionShape(1, context, shape.heads(), shape.kvHeads(), shape.headSize());
    }

    private void project(Tensor into, int tokens) {
        backend.rmsNorm(inputNorm, normedInput, tokens, shape.channels(), shape.normEpsilon());
        backend.linear(into, normedInput, matrices.packed(), packedShape(tokens), false);
    }

    /** From attention's output to the block's result. */
    private void finish(Tensor result, int tokens) {
        int channels = shape.channels();
        backend.copy(middle, inputNorm.input(), (long) tokens * channels);
        backend.linear(middle, attention.output(), matrices.output(), outputShape(tokens), true);

        backend.rmsNorm(postNorm, normedMiddle, tokens, channels, shape.normEpsilon());
        backend.linear(gateUp, normedMiddle, matrices.gateUp(), gateUpShape(tokens), false);
        activate(tokens);
        backend.copy(result, middle, (long) tokens * channels);
        backend.linear(result, activated, matrices.down(), downShape(tokens), true);
    }

    /** Turns {@code scratch.residual} from the gradient of the result into that of the input; adds to the weights'. */
    void backward(Scratch scratch, Indices documentStart, AttentionShape dimensions) {
        int tokens = dimensions.tokens();
        int channels = shape.channels();
        Tensor residual = scratch.residual();
        Tensor branch = scratch.branch();
        backend.linearBackwardInput(scratch.activated(), residual, matrices.down(), downShape(tokens));
        backend.linearBackwardWeight(gradients.down(), residual, activated, downShape(tokens));
        activateBackward(scratch, tokens);
        backend.linearBackwardInput(branch, scratch.gateUp(), matrices.gateUp(), gateUpShape(tokens));
        backend.linearBackwardWeight(gradients.gateUp(), scratch.gateUp(), normedMiddle, gateUpShape(tokens));
        backend.rmsNormBackward(postNorm, residual, gradients.postNorm(), branch, tokens, channels);

        backend.linearBackwardInput(branch, residual, matrices.output(), outputShape(tokens));
        backend.linearBackwardWeight(gradients.output(), residual, attention.output(), outputShape(tokens));
        backend.attentionBackward(scratch.packed(), branch, attention, packed, documentStart, dimensions);
        backend.rotateBackward(scratch.packed(), rotations, documentStart, dimensions);
        headNorms.ifPresent(
                norms -> backend.headNormBackward(norms, headNormGradients(), scratch.packed(), dimensions));
        backend.linearBackwardInput(branch, scratch.packed(), matrices.packed(), packedShape(tokens));
        backend.linearBackwardWeight(gradients.packed(), scratch.packed(), normedInput, packedShape(tokens));
        backend.rmsNormBackward(inputNorm, residual, gradients.inputNorm(), branch, tokens, channels);
    }

    private void activate(int tokens) {
        switch (shape.architecture().activation()) {
            case SWIGLU -> backend.swiGlu(activated, gateUp, tokens, shape.hidden());
            case RELU2 -> backend.reluSquared(activated, gateUp, (long) tokens * shape.hidden());
        }
    }

    private void activateBackward(Scratch scratch, int tokens) {
        switch (shape.architecture().activation()) {
            case SWIGLU ->
                backend.swiGluBackward(scratch.gateUp(), scratch.activated(), gateUp, tokens, shape.hidden());
            case RELU2 ->
                backend.reluSquaredBackward(
                        scratch.gateUp(), scratch.activated(), gateUp, (long) tokens * shape.hidden());
        }
    }

    private HeadNormGradients headNormGradients() {
        ParameterLayout.HeadNorms norms = gradients.headNorms().orElseThrow();
        return new HeadNormGradients(norms.query(), norms.key());
    }

    private LinearShape packedShape(int tokens) {
        return new LinearShape(tokens, shape.channels(), shape.packedWidth());
    }

    private LinearShape outputShape(int tokens) {
        return new LinearShape(tokens, shape.attentionWidth(), shape.channels());
    }

    private LinearShape gateUpShape(int tokens) {
        return new LinearShape(tokens, shape.channels(), shape.hiddenInputWidth());
    }

    private LinearShape downShape(int tokens) {
        return new LinearShape(tokens, shape.hidden(), shape.channels());
    }
}
