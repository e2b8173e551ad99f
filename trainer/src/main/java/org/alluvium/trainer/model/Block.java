package org.alluvium.trainer.model;

import java.util.List;
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
 * One transformer block:
 *
 * <pre>
 * middle = input  + attention(rotate(norm(input) packed^T)) output^T
 * result = middle + swiGlu(norm(middle) gateUp^T) down^T
 * </pre>
 *
 * <p>An {@link Architecture} may normalize heads before they are rotated, and have another activation.
 *
 * <p>Where {@link Activations} are shared by all blocks, backward computes them again from the block's input, by the same
 * operations and so to the same bits (arXiv 1604.06174, with a block as the segment).
 */
final class Block {

    private final Backend backend;
    private final ModelShape shape;
    private final Matrices matrices;
    private final ParameterLayout.Layer gradients;
    private final Tensor rotations;

    private final Activations kept;
    private final boolean recomputes;
    private final NormBuffers inputNorm;
    private final NormBuffers postNorm;
    private final Optional<HeadNormBuffers> headNorms;

    /**
     * @param input where the block reads the residual stream (N,C)
     * @param kept what forward leaves for backward
     * @param recomputes whether others use {@code kept} before backward does, which then computes it again
     */
    Block(Memory memory, int index, Tensor input, Activations kept, boolean recomputes) {
        backend = memory.backend();
        shape = memory.shape();
        ParameterLayout.Layer weights = memory.layout().layer(memory.weights(), index);
        matrices = Matrices.of(memory, weights);
        gradients = memory.layout().layer(memory.gradients(), index);
        rotations = memory.rotations();
        this.kept = kept;
        this.recomputes = recomputes;
        inputNorm = new NormBuffers(input, weights.inputNorm(), kept.inputRms());
        postNorm = new NormBuffers(kept.middle(), weights.postNorm(), kept.postRms());
        headNorms = weights.headNorms()
                .map(norms -> new HeadNormBuffers(
                        kept.projected(),
                        norms.query(),
                        norms.key(),
                        kept.headRms().orElseThrow()));
    }

    /** The layer's weights as products read them. */
    private record Matrices(Weight packed, Weight output, Weight gateUp, Weight down) {

        static Matrices of(Memory memory, ParameterLayout.Layer masters) {
            ModelShape shape = memory.shape();
            return new Matrices(
                    memory.weight(masters.packed(), shape.packedWidth(), shape.channels()),
                    memory.weight(masters.output(), shape.channels(), shape.attentionWidth()),
                    memory.weight(masters.gateUp(), shape.hiddenInputWidth(), shape.channels()),
                    memory.weight(masters.down(), shape.channels(), shape.hidden()));
        }
    }

    /** Takes over new values of the weights. */
    void refresh() {
        backend.refresh(matrices.packed());
        backend.refresh(matrices.output());
        backend.refresh(matrices.gateUp());
        backend.refresh(matrices.down());
    }

    /**
     * What all blocks share.
     *
     * @param learns whether there are backward passes
     */
    record Memory(
            Backend backend,
            ModelShape shape,
            ParameterLayout layout,
            Tensor weights,
            Tensor gradients,
            Tensor rotations,
            boolean learns) {

        /** A matrix (out,in) as products read it. */
        Weight weight(Tensor master, int out, int in) {
            return backend.weight(master, out, in, learns);
        }
    }

    /** Writes the block's result (N,C). */
    void forward(Tensor result, Indices documentStart, AttentionShape dimensions) {
        activations(documentStart, dimensions);
        finish(result, dimensions.tokens());
    }

    /**
     * {@link #forward} for one more token of a document that has the first row to itself. Its keys and values join those that
     * forward and earlier steps have left in {@code packed}, which no other block may share; everything else is in the
     * places of the first token.
     *
     * @param position of the token, counted from 0
     */
    void step(Tensor result, Indices documentStart, int position) {
        AttentionShape one = attentionShape(1);
        long width = shape.packedWidth();
        Tensor row = kept.packed().slice(position * width, width);
        Tensor angles = rotations.slice((long) position * shape.headSize(), shape.headSize());
        project(headNorms.isPresent() ? kept.projected() : row, 1);
        headNorms.ifPresent(norms -> backend.headNorm(norms, row, one, shape.normEpsilon()));
        backend.rotate(row, angles, documentStart, one);
        int known = position + 1;
        Tensor attended = kept.attention().output();
        backend.attentionOfLast(attended, kept.packed().slice(0, known * width), attentionShape(known));
        feedForward(1);
        finish(result, 1);
    }

    /** Copies out what attention read last: queries, keys and values of as many tokens as fit. */
    void readPacked(float[] destination) {
        backend.read(kept.packed(), destination, destination.length);
    }

    private AttentionShape attentionShape(int context) {
        return new AttentionShape(1, context, shape.heads(), shape.kvHeads(), shape.headSize());
    }

    private void activations(Indices documentStart, AttentionShape dimensions) {
        project(kept.projected(), dimensions.tokens());
        headNorms.ifPresent(norms -> backend.headNorm(norms, kept.packed(), dimensions, shape.normEpsilon()));
        backend.rotate(kept.packed(), rotations, documentStart, dimensions);
        AttentionResult attention = kept.attention();
        backend.attention(attention.output(), attention.logSumExp(), kept.packed(), documentStart, dimensions);
        feedForward(dimensions.tokens());
    }

    private void project(Tensor into, int tokens) {
        backend.rmsNorm(inputNorm, kept.normedInput(), tokens, shape.channels(), shape.normEpsilon());
        backend.linear(into, kept.normedInput(), matrices.packed(), packedShape(shape, tokens), false);
    }

    /** From attention's output to what the last matrix reads. */
    private void feedForward(int tokens) {
        int channels = shape.channels();
        backend.copy(kept.middle(), inputNorm.input(), (long) tokens * channels);
        backend.linear(kept.middle(), kept.attention().output(), matrices.output(), outputShape(shape, tokens), true);
        backend.rmsNorm(postNorm, kept.normedMiddle(), tokens, channels, shape.normEpsilon());
        backend.linear(kept.gateUp(), kept.normedMiddle(), matrices.gateUp(), gateUpShape(shape, tokens), false);
        activate(tokens);
    }

    private void finish(Tensor result, int tokens) {
        backend.copy(result, kept.middle(), (long) tokens * shape.channels());
        backend.linear(result, kept.activated(), matrices.down(), downShape(shape, tokens), true);
    }

    /**
     * Turns {@code scratch.residual} from the gradient of the result into that of the input.
     *
     * @param accumulate whether the gradients of matrices are added to; else they are overwritten
     */
    void backward(Gradients scratch, Indices documentStart, AttentionShape dimensions, boolean accumulate) {
        if (recomputes) {
            activations(documentStart, dimensions);
        }
        feedForwardBackward(scratch, dimensions.tokens(), accumulate);
        attentionBackward(scratch, documentStart, dimensions, accumulate);
    }

    private void feedForwardBackward(Gradients scratch, int tokens, boolean accumulate) {
        int channels = shape.channels();
        Tensor residual = scratch.round(backend, (long) tokens * channels);
        backend.linearBackwardInput(scratch.activated(), residual, matrices.down(), downShape(shape, tokens));
        backend.linearBackwardWeight(
                gradients.down(), residual, kept.activated(), downShape(shape, tokens), accumulate);
        activateBackward(scratch, tokens);
        backend.linearBackwardInput(scratch.branch(), scratch.gateUp(), matrices.gateUp(), gateUpShape(shape, tokens));
        backend.linearBackwardWeight(
                gradients.gateUp(), scratch.gateUp(), kept.normedMiddle(), gateUpShape(shape, tokens), accumulate);
        backend.rmsNormBackward(postNorm, scratch.residual(), gradients.postNorm(), scratch.branch(), tokens, channels);
    }

    private void attentionBackward(
            Gradients scratch, Indices documentStart, AttentionShape dimensions, boolean accumulate) {
        int tokens = dimensions.tokens();
        int channels = shape.channels();
        Tensor branch = scratch.branch();
        Tensor residual = scratch.round(backend, (long) tokens * channels);
        backend.linearBackwardInput(branch, residual, matrices.output(), outputShape(shape, tokens));
        backend.linearBackwardWeight(
                gradients.output(), residual, kept.attention().output(), outputShape(shape, tokens), accumulate);
        backend.attentionBackward(scratch.packed(), branch, kept.attention(), kept.packed(), documentStart, dimensions);
        backend.rotateBackward(scratch.packed(), rotations, documentStart, dimensions);
        headNorms.ifPresent(
                norms -> backend.headNormBackward(norms, headNormGradients(), scratch.packed(), dimensions));
        backend.linearBackwardInput(branch, scratch.packed(), matrices.packed(), packedShape(shape, tokens));
        backend.linearBackwardWeight(
                gradients.packed(), scratch.packed(), kept.normedInput(), packedShape(shape, tokens), accumulate);
        backend.rmsNormBackward(inputNorm, scratch.residual(), gradients.inputNorm(), branch, tokens, channels);
    }

    private void activate(int tokens) {
        switch (shape.architecture().activation()) {
            case SWIGLU -> backend.swiGlu(kept.activated(), kept.gateUp(), tokens, shape.hidden());
            case RELU2 -> backend.reluSquared(kept.activated(), kept.gateUp(), (long) tokens * shape.hidden());
        }
    }

    private void activateBackward(Gradients scratch, int tokens) {
        switch (shape.architecture().activation()) {
            case SWIGLU ->
                backend.swiGluBackward(scratch.gateUp(), scratch.activated(), kept.gateUp(), tokens, shape.hidden());
            case RELU2 ->
                backend.reluSquaredBackward(
                        scratch.gateUp(), scratch.activated(), kept.gateUp(), (long) tokens * shape.hidden());
        }
    }

    private HeadNormGradients headNormGradients() {
        ParameterLayout.HeadNorms norms = gradients.headNorms().orElseThrow();
        return new HeadNormGradients(norms.query(), norms.key());
    }

    private static LinearShape packedShape(ModelShape shape, int tokens) {
        return new LinearShape(tokens, shape.channels(), shape.packedWidth());
    }

    private static LinearShape outputShape(ModelShape shape, int tokens) {
        return new LinearShape(tokens, shape.attentionWidth(), shape.channels());
    }

    private static LinearShape gateUpShape(ModelShape shape, int tokens) {
        return new LinearShape(tokens, shape.channels(), shape.hiddenInputWidth());
    }

    private static LinearShape downShape(ModelShape shape, int tokens) {
        return new LinearShape(tokens, shape.hidden(), shape.channels());
    }

    /** Dimensions of a block's linear layers. */
    static List<LinearShape> linears(ModelShape shape, int tokens) {
        return List.of(
                packedShape(shape, tokens),
                outputShape(shape, tokens),
                gateUpShape(shape, tokens),
                downShape(shape, tokens));
    }
}
