package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.Backend.HeadNormGradients;

/** RMSNorm of query and key heads in packed rows. */
final class ReferenceHeadNorm {

    private final HeadNormBuffers buffers;
    private final AttentionShape shape;
    private final ReferenceTensor input;
    private final ReferenceTensor inverseRms;

    ReferenceHeadNorm(HeadNormBuffers buffers, AttentionShape shape) {
        this.buffers = buffers;
        this.shape = shape;
        input = (ReferenceTensor) buffers.input();
        inverseRms = (ReferenceTensor) buffers.inverseRms();
    }

    void forward(ReferenceTensor output, double epsilon) {
        for (int n = 0; n < shape.tokens(); n++) {
            int row = n * shape.packedWidth();
            for (int head = 0; head < normed(); head++) {
                int from = row + head * shape.headSize();
                double squares = 0;
                for (int d = 0; d < shape.headSize(); d++) {
                    squares += input.get(from + d) * input.get(from + d);
                }
                double r = 1 / Math.sqrt(squares / shape.headSize() + epsilon);
                inverseRms.set(n * normed() + head, r);
                for (int d = 0; d < shape.headSize(); d++) {
                    output.set(from + d, input.get(from + d) * r * weight(head).get(d));
                }
            }
            for (int i = normed() * shape.headSize(); i < shape.packedWidth(); i++) {
                output.set(row + i, input.get(row + i));
            }
        }
    }

    void backward(HeadNormGradients gradients, ReferenceTensor packedGradient) {
        double[][] dWeights = new double[2][shape.headSize()];
        for (int n = 0; n < shape.tokens(); n++) {
            for (int head = 0; head < normed(); head++) {
                int from = n * shape.packedWidth() + head * shape.headSize();
                double r = inverseRms.get(n * normed() + head);
                double[] dWeight = dWeights[head < shape.heads() ? 0 : 1];
                double dot = 0;
                for (int d = 0; d < shape.headSize(); d++) {
                    double dOut = packedGradient.get(from + d);
                    dot += dOut * weight(head).get(d) * input.get(from + d);
                    dWeight[d] += dOut * input.get(from + d) * r;
                }
                double shrink = dot * r * r * r / shape.headSize();
                for (int d = 0; d < shape.headSize(); d++) {
                    double dIn = packedGradient.get(from + d) * weight(head).get(d) * r - shrink * input.get(from + d);
                    packedGradient.set(from + d, dIn);
                }
            }
        }
        for (int d = 0; d < shape.headSize(); d++) {
            ((ReferenceTensor) gradients.query()).add(d, dWeights[0][d]);
            ((ReferenceTensor) gradients.key()).add(d, dWeights[1][d]);
        }
    }

    private int normed() {
        return shape.heads() + shape.kvHeads();
    }

    private ReferenceTensor weight(int head) {
        return (ReferenceTensor) (head < shape.heads() ? buffers.queryWeight() : buffers.keyWeight());
    }
}
