package org.alluvium.trainer.backend.reference;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;

/** Plain loops on one thread, in double precision; stored values are rounded to the chosen {@link Precision}. */
public final class ReferenceBackend implements Backend {

    private final Precision precision;
    private final ElementType activations;

    /** Matrix products read F32. */
    public ReferenceBackend(Precision precision) {
        this(precision, ElementType.F32);
    }

    /** Matrix products read {@code activations}, and weights rounded to that type. */
    public ReferenceBackend(Precision precision, ElementType activations) {
        this.precision = precision;
        this.activations = activations;
    }

    @Override
    public BackendInfo info() {
        return new BackendInfo("reference", "plain loops, slow, products of " + activations, 1);
    }

    @Override
    public ElementType activations() {
        return activations;
    }

    @Override
    public ReferenceTensor allocate(long size, ElementType type) {
        return new ReferenceTensor(Math.toIntExact(size), precision, type);
    }

    @Override
    public Weight weight(Tensor master, int out, int in, boolean learns) {
        if (activations == ElementType.F32) {
            return new ReferenceWeight(own(master), own(master), out, in);
        }
        ReferenceTensor rounded = allocate((long) out * in, activations);
        ReferenceWeight weight = new ReferenceWeight(own(master), rounded, out, in);
        refresh(weight);
        return weight;
    }

    @Override
    public void refresh(Weight weight) {
        ((ReferenceWeight) weight).refresh();
    }

    @Override
    public Indices allocateIndices(int size) {
        return new ReferenceIndices(size);
    }

    @Override
    public void write(Tensor destination, float[] source, int count) {
        for (int i = 0; i < count; i++) {
            own(destination).set(i, source[i]);
        }
    }

    @Override
    public void write(Indices destination, int[] source, int count) {
        for (int i = 0; i < count; i++) {
            own(destination).set(i, source[i]);
        }
    }

    @Override
    public void read(Tensor source, MemorySegment destination) {
        ReferenceTensor tensor = own(source);
        for (int i = 0; i < tensor.size(); i++) {
            destination.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) tensor.get(i));
        }
    }

    @Override
    public void read(Tensor source, float[] destination, int count) {
        for (int i = 0; i < count; i++) {
            destination[i] = (float) own(source).get(i);
        }
    }

    @Override
    public void clear(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            own(tensor).set(i, 0);
        }
    }

    @Override
    public void copy(Tensor destination, Tensor source, long size) {
        for (int i = 0; i < size; i++) {
            own(destination).set(i, own(source).get(i));
        }
    }

    @Override
    public void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels) {
        for (int n = 0; n < tokens; n++) {
            for (int c = 0; c < channels; c++) {
                own(output).set(n * channels + c, own(table).get(own(ids).get(n) * channels + c));
            }
        }
    }

    @Override
    public void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels) {
        for (int n = 0; n < tokens; n++) {
            for (int c = 0; c < channels; c++) {
                own(tableGradient)
                        .add(own(ids).get(n) * channels + c, own(outputGradient).get(n * channels + c));
            }
        }
    }

    @Override
    public void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon) {
        ReferenceTensor input = own(buffers.input());
        for (int n = 0; n < tokens; n++) {
            double squares = 0;
            for (int c = 0; c < channels; c++) {
                squares += input.get(n * channels + c) * input.get(n * channels + c);
            }
            double inverseRms = 1.0 / Math.sqrt(squares / channels + epsilon);
            own(buffers.inverseRms()).set(n, inverseRms);
            for (int c = 0; c < channels; c++) {
                double normed = input.get(n * channels + c) * inverseRms;
                own(output).set(n * channels + c, normed * own(buffers.weight()).get(c));
            }
        }
    }

    @Override
    public void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels) {
        ReferenceTensor input = own(buffers.input());
        ReferenceTensor weight = own(buffers.weight());
        ReferenceTensor dOut = own(outputGradient);
        double[] dWeight = new double[channels];
        for (int n = 0; n < tokens; n++) {
            double inverseRms = own(buffers.inverseRms()).get(n);
            double dot = 0;
            for (int c = 0; c < channels; c++) {
                int i = n * channels + c;
                dot += dOut.get(i) * weight.get(c) * input.get(i);
                dWeight[c] += dOut.get(i) * input.get(i) * inverseRms;
            }
            double shrink = dot * inverseRms * inverseRms * inverseRms / channels;
            for (int c = 0; c < channels; c++) {
                int i = n * channels + c;
                own(inputGradient).add(i, dOut.get(i) * weight.get(c) * inverseRms - shrink * input.get(i));
            }
        }
        for (int c = 0; c < channels; c++) {
            own(weightGradient).add(c, dWeight[c]);
        }
    }

    @Override
    public void linear(Tensor output, Tensor input, Weight weight, LinearShape shape, boolean accumulate) {
        for (int n = 0; n < shape.rows(); n++) {
            for (int o = 0; o < shape.out(); o++) {
                double sum = accumulate ? own(output).get(n * shape.out() + o) : 0;
                for (int i = 0; i < shape.in(); i++) {
                    sum += own(input).get(n * shape.in() + i)
                            * ReferenceWeight.values(weight).get(o * shape.in() + i);
                }
                own(output).set(n * shape.out() + o, sum);
            }
        }
    }

    @Override
    public void linearBackwardInput(Tensor inputGradient, Tensor outputGradient, Weight weight, LinearShape shape) {
        for (int n = 0; n < shape.rows(); n++) {
            for (int i = 0; i < shape.in(); i++) {
                double sum = 0;
                for (int o = 0; o < shape.out(); o++) {
                    sum += own(outputGradient).get(n * shape.out() + o)
                            * ReferenceWeight.values(weight).get(o * shape.in() + i);
                }
                own(inputGradient).set(n * shape.in() + i, sum);
            }
        }
    }

    @Override
    public void linearBackwardWeight(
            Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape, boolean accumulate) {
        for (int o = 0; o < shape.out(); o++) {
            for (int i = 0; i < shape.in(); i++) {
                int at = o * shape.in() + i;
                double sum = accumulate ? own(weightGradient).get(at) : 0;
                for (int n = 0; n < shape.rows(); n++) {
                    sum += own(outputGradient).get(n * shape.out() + o)
                            * own(input).get(n * shape.in() + i);
                }
                own(weightGradient).set(at, sum);
            }
        }
    }

    @Override
    public void headNorm(HeadNormBuffers buffers, Tensor output, AttentionShape shape, double epsilon) {
        new ReferenceHeadNorm(buffers, shape).forward(own(output), epsilon);
    }

    @Override
    public void headNormBackward(
            HeadNormBuffers buffers, HeadNormGradients gradients, Tensor packedGradient, AttentionShape shape) {
        new ReferenceHeadNorm(buffers, shape).backward(gradients, own(packedGradient));
    }

    @Override
    public void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape) {
        new ReferenceAttention(shape, own(documentStart)).rotate(own(packed), own(table), 1);
    }

    @Override
    public void rotateBackward(Tensor packedGradient, Tensor table, Indices documentStart, AttentionShape shape) {
        new ReferenceAttention(shape, own(documentStart)).rotate(own(packedGradient), own(table), -1);
    }

    @Override
    public void attention(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        new ReferenceAttention(shape, own(documentStart)).forward(own(output), own(logSumExp), own(packed));
    }

    @Override
    public void attentionOfLast(Tensor output, Tensor packed, AttentionShape shape) {
        new ReferenceAttention(shape, new ReferenceIndices(shape.context())).last(own(output), own(packed));
    }

    @Override
    public void attentionBackward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        long size = (long) shape.tokens() * shape.packedWidth();
        ReferenceTensor sums = new ReferenceTensor(Math.toIntExact(size), Precision.DOUBLE, ElementType.F32);
        new ReferenceAttention(shape, own(documentStart))
                .backward(sums, own(outputGradient), own(result.output()), own(packed));
        copy(packedGradient, sums, size);
    }

    @Override
    public void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden) {
        for (int n = 0; n < tokens; n++) {
            for (int f = 0; f < hidden; f++) {
                double gate = own(gateUp).get(n * 2 * hidden + f);
                double up = own(gateUp).get(n * 2 * hidden + hidden + f);
                own(output).set(n * hidden + f, gate * sigmoid(gate) * up);
            }
        }
    }

    @Override
    public void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden) {
        for (int n = 0; n < tokens; n++) {
            for (int f = 0; f < hidden; f++) {
                int atGate = n * 2 * hidden + f;
                double gate = own(gateUp).get(atGate);
                double up = own(gateUp).get(atGate + hidden);
                double dOut = own(outputGradient).get(n * hidden + f);
                double sigmoid = sigmoid(gate);
                own(gateUpGradient).set(atGate, dOut * up * sigmoid * (1 + gate * (1 - sigmoid)));
                own(gateUpGradient).set(atGate + hidden, dOut * gate * sigmoid);
            }
        }
    }

    private static double sigmoid(double x) {
        return 1.0 / (1.0 + StrictMath.exp(-x));
    }

    @Override
    public void reluSquared(Tensor output, Tensor input, long size) {
        for (int i = 0; i < size; i++) {
            double positive = Math.max(0, own(input).get(i));
            own(output).set(i, positive * positive);
        }
    }

    @Override
    public void reluSquaredBackward(Tensor inputGradient, Tensor outputGradient, Tensor input, long size) {
        for (int i = 0; i < size; i++) {
            own(inputGradient)
                    .set(
                            i,
                            2
                                    * Math.max(0, own(input).get(i))
                                    * own(outputGradient).get(i));
        }
    }

    @Override
    public void crossEntropy(Tensor losses, Tensor logits, Indices targets, LossTerms terms, int rows, int vocabulary) {
        new ReferenceCrossEntropy(own(logits), own(targets), terms, vocabulary).forward(own(losses), rows);
    }

    @Override
    public void crossEntropyWithGradient(LossBuffers buffers, LossTerms terms, float scale, int rows, int vocabulary) {
        ReferenceCrossEntropy loss =
                new ReferenceCrossEntropy(own(buffers.logits()), own(buffers.targets()), terms, vocabulary);
        loss.forward(own(buffers.losses()), rows);
        loss.backward(own(buffers.gradient()), scale, rows);
    }

    @Override
    public void squaredNorm(Tensor result, Tensor tensor) {
        double sum = 0;
        for (int i = 0; i < tensor.size(); i++) {
            sum += own(tensor).get(i) * own(tensor).get(i);
        }
        own(result).set(0, sum);
    }

    @Override
    public void adamW(
            Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients) {
        double clip = coefficients.clipFactor(own(squaredNorm).get(0));
        for (int i = 0; i < moments.first().size(); i++) {
            double gradient = own(gradients).get(i) * clip;
            double beta1 = coefficients.beta1();
            double beta2 = coefficients.beta2();
            double first = beta1 * own(moments.first()).get(i) + (1 - beta1) * gradient;
            double second = beta2 * own(moments.second()).get(i) + (1 - beta2) * gradient * gradient;
            double root = Math.sqrt(second) * coefficients.rootScale() + coefficients.epsilon();
            own(moments.first()).set(i, first);
            own(moments.second()).set(i, second);
            double weight = own(weights).get(i);
            boolean kept = coefficients.cautious() && weight * first < 0;
            own(weights).set(i, weight * (kept ? 1 : coefficients.keep()) - coefficients.rate() * first / root);
        }
    }

    @Override
    public void muon(List<MuonMatrix> matrices, Tensor squaredNorm, MuonCoefficients coefficients) {
        for (MuonMatrix matrix : matrices) {
            new ReferenceMuon(matrix, coefficients, own(squaredNorm).get(0)).update();
        }
    }

    @Override
    public void average(Tensor average, Tensor weights, double share) {
        for (int i = 0; i < average.size(); i++) {
            own(average).add(i, share * (own(weights).get(i) - own(average).get(i)));
        }
    }

    @Override
    public double measurePeakFlops() {
        return 1e9; // about one multiply-add a nanosecond: nobody judges a plain loop by its use of the machine
    }

    @Override
    public void close() {
        // heap arrays go with their last reference
    }

    private static ReferenceTensor own(Tensor tensor) {
        return (ReferenceTensor) tensor;
    }

    private static ReferenceIndices own(Indices indices) {
        return (ReferenceIndices) indices;
    }
}
