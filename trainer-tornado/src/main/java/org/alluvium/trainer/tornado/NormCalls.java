package org.alluvium.trainer.tornado;

import static org.alluvium.trainer.tornado.Region.at;

import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.Backend.HeadNormGradients;
import org.alluvium.trainer.backend.Backend.NormBuffers;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;

/**
 * Norms as calls of kernels. Gradients of weights are summed over all tokens: in strands, so that there is work for all threads of a
 * device, and these in their order.
 */
final class NormCalls {

    /** Strands that the gradient of a weight is summed in. */
    static final int STRANDS = 64;

    private final Recorder recorder;
    private final Scratch scratch;

    NormCalls(Recorder recorder, Scratch scratch) {
        this.recorder = recorder;
        this.scratch = scratch;
    }

    void backward(NormBuffers buffers, int dInput, int dWeight, int dOutput, int tokens, int channels) {
        int input = at(buffers.input());
        int rms = at(buffers.inverseRms());
        recorder.call(Kernel.RMS_NORM_INPUT, Extent.of(tokens, channels), new int[] {
            input, at(buffers.weight()), rms, dInput, dOutput
        });
        int sums = sums(channels);
        recorder.call(Kernel.RMS_NORM_WEIGHT, strands(channels), new int[] {input, rms, sums, dOutput, tokens});
        addStrands(dWeight, sums, channels);
    }

    void headNorm(HeadNormBuffers buffers, int output, AttentionShape shape, double epsilon) {
        recorder.call(
                Kernel.HEAD_NORM,
                Extent.of(shape.tokens() * (shape.heads() + 2 * shape.kvHeads()), shape.headSize()),
                new int[] {
                    at(buffers.input()),
                    at(buffers.queryWeight()),
                    at(buffers.keyWeight()),
                    at(buffers.inverseRms()),
                    output,
                    shape.heads(),
                    shape.kvHeads()
                },
                (float) epsilon);
    }

    void headNormBackward(HeadNormBuffers buffers, HeadNormGradients gradients, int gradient, AttentionShape shape) {
        int normed = shape.heads() + shape.kvHeads();
        headNormWeight(buffers, at(gradients.query()), gradient, shape, 0, shape.heads());
        headNormWeight(buffers, at(gradients.key()), gradient, shape, shape.heads(), normed);
        recorder.call(Kernel.HEAD_NORM_INPUT, Extent.of(shape.tokens() * normed, shape.headSize()), new int[] {
            at(buffers.input()),
            at(buffers.queryWeight()),
            at(buffers.keyWeight()),
            at(buffers.inverseRms()),
            gradient,
            shape.heads(),
            shape.kvHeads()
        });
    }

    private void headNormWeight(
            HeadNormBuffers buffers, int dWeight, int gradient, AttentionShape shape, int from, int to) {
        int sums = sums(shape.headSize());
        recorder.call(Kernel.HEAD_NORM_WEIGHT, strands(shape.headSize()), new int[] {
            at(buffers.input()),
            at(buffers.inverseRms()),
            gradient,
            sums,
            shape.heads(),
            shape.kvHeads(),
            from,
            to,
            shape.tokens()
        });
        addStrands(dWeight, sums, shape.headSize());
    }

    private int sums(int width) {
        return scratch.elements(Scratch.Use.WEIGHT_STRANDS, (long) STRANDS * width)
                .offset();
    }

    private static Extent strands(int width) {
        return new Extent(STRANDS * width, width, STRANDS);
    }

    private void addStrands(int to, int sums, int width) {
        recorder.call(Kernel.ADD_STRANDS, new Extent(width, width, STRANDS), new int[] {to, sums});
    }
}
