package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.AttentionShape;

/** Attention and rotary embedding, one query at a time. */
final class ReferenceAttention {

    private final AttentionShape shape;
    private final ReferenceIndices documentStart;
    private final double scale;

    ReferenceAttention(AttentionShape shape, ReferenceIndices documentStart) {
        this.shape = shape;
        this.documentStart = documentStart;
        this.scale = 1.0 / StrictMath.sqrt(shape.headSize());
    }

    /** Rotates by the table's angles, or back if {@code sign} is -1. */
    void rotate(ReferenceTensor packed, ReferenceTensor table, int sign) {
        int half = shape.headSize() / 2;
        for (int token = 0; token < shape.tokens(); token++) {
            int position = token % shape.context() - documentStart.get(token);
            for (int head = 0; head < shape.heads() + shape.kvHeads(); head++) {
                int base = token * shape.packedWidth() + head * shape.headSize();
                for (int i = 0; i < half; i++) {
                    double cos = table.get(position * shape.headSize() + i);
                    double sin = sign * table.get(position * shape.headSize() + half + i);
                    double x = packed.get(base + i);
                    double y = packed.get(base + half + i);
                    packed.set(base + i, x * cos - y * sin);
                    packed.set(base + half + i, y * cos + x * sin);
                }
            }
        }
    }

    void forward(ReferenceTensor output, ReferenceTensor logSumExp, ReferenceTensor packed) {
        double[] scores = new double[shape.context()];
        for (int row = 0; row < shape.rows(); row++) {
            for (int head = 0; head < shape.heads(); head++) {
                for (int t = 0; t < shape.context(); t++) {
                    double sum = scores(scores, packed, row, head, t);
                    logSumExp.set(statistic(row, head, t), sum);
                    mix(output, out(row, head, t), packed, scores, sum, row, head, t);
                }
            }
        }
    }

    /** The last token of the only row. */
    void last(ReferenceTensor output, ReferenceTensor packed) {
        double[] scores = new double[shape.context()];
        int t = shape.context() - 1;
        for (int head = 0; head < shape.heads(); head++) {
            double sum = scores(scores, packed, 0, head, t);
            mix(output, head * shape.headSize(), packed, scores, sum, 0, head, t);
        }
    }

    private void mix(
            ReferenceTensor output,
            int at,
            ReferenceTensor packed,
            double[] scores,
            double logSumExp,
            int row,
            int head,
            int t) {
        for (int d = 0; d < shape.headSize(); d++) {
            double mixed = 0;
            for (int s = documentStart.get(row * shape.context() + t); s <= t; s++) {
                mixed += StrictMath.exp(scores[s] - logSumExp) * packed.get(value(row, head, s) + d);
            }
            output.set(at + d, mixed);
        }
    }

    void backward(
            ReferenceTensor gradient, ReferenceTensor outputGradient, ReferenceTensor output, ReferenceTensor packed) {
        double[] scores = new double[shape.context()];
        for (int row = 0; row < shape.rows(); row++) {
            for (int head = 0; head < shape.heads(); head++) {
                for (int t = 0; t < shape.context(); t++) {
                    double sum = scores(scores, packed, row, head, t);
                    double delta = 0;
                    for (int d = 0; d < shape.headSize(); d++) {
                        delta += outputGradient.get(out(row, head, t) + d) * output.get(out(row, head, t) + d);
                    }
                    for (int s = documentStart.get(row * shape.context() + t); s <= t; s++) {
                        double probability = StrictMath.exp(scores[s] - sum);
                        backwardPair(gradient, outputGradient, packed, probability, delta, row, head, t, s);
                    }
                }
            }
        }
    }

    /** What one (query, key) pair adds to the gradients of its query, key and value. */
    private void backwardPair(
            ReferenceTensor gradient,
            ReferenceTensor outputGradient,
            ReferenceTensor packed,
            double probability,
            double delta,
            int row,
            int head,
            int t,
            int s) {
        double dProbability = 0;
        for (int d = 0; d < shape.headSize(); d++) {
            double dOut = outputGradient.get(out(row, head, t) + d);
            dProbability += dOut * packed.get(value(row, head, s) + d);
            gradient.add(value(row, head, s) + d, probability * dOut);
        }
        double dScore = probability * (dProbability - delta) * scale;
        for (int d = 0; d < shape.headSize(); d++) {
            gradient.add(query(row, head, t) + d, dScore * packed.get(key(row, head, s) + d));
            gradient.add(key(row, head, s) + d, dScore * packed.get(query(row, head, t) + d));
        }
    }

    /** Fills the scores of the document's keys up to t and returns the logarithm of the sum of their exponentials. */
    private double scores(double[] scores, ReferenceTensor packed, int row, int head, int t) {
        int first = documentStart.get(row * shape.context() + t);
        double max = Double.NEGATIVE_INFINITY;
        for (int s = first; s <= t; s++) {
            double dot = 0;
            for (int d = 0; d < shape.headSize(); d++) {
                dot += packed.get(query(row, head, t) + d) * packed.get(key(row, head, s) + d);
            }
            scores[s] = dot * scale;
            max = Math.max(max, scores[s]);
        }
        double sum = 0;
        for (int s = first; s <= t; s++) {
            sum += StrictMath.exp(scores[s] - max);
        }
        return max + StrictMath.log(sum);
    }

    private int query(int row, int head, int t) {
        return (row * shape.context() + t) * shape.packedWidth() + head * shape.headSize();
    }

    private int key(int row, int head, int t) {
        return (row * shape.context() + t) * shape.packedWidth() + shape.keyOffset(head / shape.group());
    }

    private int value(int row, int head, int t) {
        return (row * shape.context() + t) * shape.packedWidth() + shape.valueOffset(head / shape.group());
    }

    private int out(int row, int head, int t) {
        return (row * shape.context() + t) * shape.outputWidth() + head * shape.headSize();
    }

    private int statistic(int row, int head, int t) {
        return (row * shape.heads() + head) * shape.context() + t;
    }
}
