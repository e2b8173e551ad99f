package org.alluvium.trainer.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Supplier;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.AttentionResult;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.Backend.HeadNormGradients;
import org.alluvium.trainer.backend.Backend.LossBuffers;
import org.alluvium.trainer.backend.Backend.NormBuffers;
import org.alluvium.trainer.backend.Bench;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;
import org.junit.jupiter.api.Test;

/** Every backward operation against central differences of its forward operation, in double precision. */
class OperationGradientTest {

    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-8;
    private static final int TOKENS = 6;
    private static final int CHANNELS = 10;

    private final ReferenceBackend backend = new ReferenceBackend(Precision.DOUBLE);
    private final Bench bench = new Bench(backend);

    @Test
    void embedding() {
        Tensor table = bench.random(5 * CHANNELS);
        Indices ids = bench.indices(0, 3, 3, 1, 4, 0);
        Tensor dOut = bench.random(TOKENS * CHANNELS);
        Tensor gradient = backend.allocate(table.size());
        backend.embedBackward(gradient, dOut, ids, TOKENS, CHANNELS);
        check(table, gradient, dOut, () -> {
            Tensor output = backend.allocate(dOut.size());
            backend.embed(output, table, ids, TOKENS, CHANNELS);
            return output;
        });
    }

    @Test
    void normalization() {
        NormBuffers buffers =
                new NormBuffers(bench.random(TOKENS * CHANNELS), bench.random(CHANNELS), backend.allocate(TOKENS));
        Supplier<Tensor> forward = () -> {
            Tensor output = backend.allocate(TOKENS * CHANNELS);
            backend.rmsNorm(buffers, output, TOKENS, CHANNELS, 1e-3);
            return output;
        };
        Tensor dOut = bench.random((int) forward.get().size());
        Tensor dIn = backend.allocate(dOut.size());
        Tensor dWeight = backend.allocate(CHANNELS);
        backend.rmsNormBackward(buffers, dIn, dWeight, dOut, TOKENS, CHANNELS);
        check(buffers.input(), dIn, dOut, forward);
        check(buffers.weight(), dWeight, dOut, forward);
    }

    @Test
    void linearLayer() {
        LinearShape shape = new LinearShape(TOKENS, CHANNELS, 7);
        Tensor input = bench.random(TOKENS * CHANNELS);
        Tensor master = bench.random(7 * CHANNELS);
        Weight weight = backend.weight(master, 7, CHANNELS, true);
        Tensor dOut = bench.random(TOKENS * 7);
        Supplier<Tensor> forward = () -> {
            Tensor output = backend.allocate(dOut.size());
            backend.linear(output, input, weight, shape, false);
            return output;
        };
        Tensor dIn = backend.allocate(input.size());
        Tensor dWeight = backend.allocate(master.size());
        backend.linearBackwardInput(dIn, dOut, weight, shape);
        backend.linearBackwardWeight(dWeight, dOut, input, shape, true);
        check(input, dIn, dOut, forward);
        check(master, dWeight, dOut, forward);
    }

    @Test
    void rotation() {
        AttentionShape shape = new AttentionShape(2, 5, 2, 1, 4);
        Tensor packed = bench.random(shape.tokens() * shape.packedWidth());
        Indices documents = bench.documents(shape);
        Tensor table = bench.rotations(shape);
        Tensor dOut = bench.random(shape.tokens() * shape.packedWidth());
        Tensor gradient = backend.allocate(dOut.size());
        backend.copy(gradient, dOut, dOut.size());
        backend.rotateBackward(gradient, table, documents, shape);
        check(packed, gradient, dOut, () -> {
            Tensor output = backend.allocate(packed.size());
            backend.copy(output, packed, packed.size());
            backend.rotate(output, table, documents, shape);
            return output;
        });
    }

    @Test
    void attention() {
        AttentionShape shape = new AttentionShape(2, 6, 4, 2, 4);
        Tensor packed = bench.random(shape.tokens() * shape.packedWidth());
        Indices documents = bench.documents(shape);
        Tensor sums = backend.allocate((long) shape.tokens() * shape.heads());
        Supplier<Tensor> forward = () -> {
            Tensor output = backend.allocate((long) shape.tokens() * shape.outputWidth());
            backend.attention(output, sums, packed, documents, shape);
            return output;
        };
        Tensor output = forward.get();
        Tensor dOut = bench.random(shape.tokens() * shape.outputWidth());
        Tensor gradient = backend.allocate(packed.size());
        backend.attentionBackward(gradient, dOut, new AttentionResult(output, sums), packed, documents, shape);
        check(packed, gradient, dOut, forward);
    }

    @Test
    void swiGlu() {
        Tensor gateUp = bench.random(TOKENS * 2 * CHANNELS);
        Tensor dOut = bench.random(TOKENS * CHANNELS);
        Tensor gradient = backend.allocate(gateUp.size());
        backend.swiGluBackward(gradient, dOut, gateUp, TOKENS, CHANNELS);
        check(gateUp, gradient, dOut, () -> {
            Tensor output = backend.allocate(dOut.size());
            backend.swiGlu(output, gateUp, TOKENS, CHANNELS);
            return output;
        });
    }

    @Test
    void reluSquared() {
        Tensor input = bench.random(TOKENS * CHANNELS);
        Tensor dOut = bench.random(TOKENS * CHANNELS);
        Tensor gradient = backend.allocate(input.size());
        backend.reluSquaredBackward(gradient, dOut, input, input.size());
        check(input, gradient, dOut, () -> {
            Tensor output = backend.allocate(dOut.size());
            backend.reluSquared(output, input, dOut.size());
            return output;
        });
    }

    @Test
    void normalizationOfHeads() {
        AttentionShape shape = new AttentionShape(2, 3, 4, 2, 6);
        HeadNormBuffers buffers = new HeadNormBuffers(
                bench.random(shape.tokens() * shape.packedWidth()),
                bench.random(shape.headSize()),
                bench.random(shape.headSize()),
                backend.allocate((long) shape.tokens() * (shape.heads() + shape.kvHeads())));
        Supplier<Tensor> forward = () -> {
            Tensor output = backend.allocate((long) shape.tokens() * shape.packedWidth());
            backend.headNorm(buffers, output, shape, 1e-3);
            return output;
        };
        Tensor dOut = bench.random((int) forward.get().size());
        Tensor dIn = backend.allocate(dOut.size());
        backend.copy(dIn, dOut, dOut.size());
        HeadNormGradients gradients =
                new HeadNormGradients(backend.allocate(shape.headSize()), backend.allocate(shape.headSize()));
        backend.headNormBackward(buffers, gradients, dIn, shape);
        check(buffers.input(), dIn, dOut, forward);
        check(buffers.queryWeight(), gradients.query(), dOut, forward);
        check(buffers.keyWeight(), gradients.key(), dOut, forward);
    }

    @Test
    void crossEntropyOfBentLogits() {
        checkLoss(new LossTerms(1.5, 0));
    }

    @Test
    void crossEntropy() {
        checkLoss(LossTerms.PLAIN);
    }

    @Test
    void zLossIsWhatTheGradientHasMore() {
        double softCap = 1.5;
        double zWeight = 0.3;
        float scale = 0.5f;
        Tensor logits = bench.random(TOKENS * CHANNELS);
        ReferenceTensor more = (ReferenceTensor) lossGradient(logits, new LossTerms(softCap, zWeight), scale);
        ReferenceTensor plain = (ReferenceTensor) lossGradient(logits, new LossTerms(softCap, 0), scale);
        for (int i = 0; i < more.size(); i++) {
            more.set(i, more.get(i) - plain.get(i));
        }
        check(logits, more, bench.tensor(scale, 0, scale, scale, scale, 0), () -> {
            ReferenceTensor penalties = (ReferenceTensor) backend.allocate(TOKENS);
            for (int row = 0; row < TOKENS; row++) {
                double sum = 0;
                for (int v = 0; v < CHANNELS; v++) {
                    double logit = ((ReferenceTensor) logits).get(row * CHANNELS + v);
                    sum += Math.exp(softCap * Math.tanh(logit / softCap));
                }
                penalties.set(row, zWeight * Math.log(sum) * Math.log(sum));
            }
            return penalties;
        });
    }

    private Tensor lossGradient(Tensor logits, LossTerms terms, float scale) {
        Tensor gradient = backend.allocate(logits.size());
        backend.copy(gradient, logits, logits.size());
        LossBuffers buffers = new LossBuffers(backend.allocate(TOKENS), gradient, gradient, targets());
        backend.crossEntropyWithGradient(buffers, terms, scale, TOKENS, CHANNELS);
        return gradient;
    }

    private Indices targets() {
        return bench.indices(3, -1, 0, 9, 3, -1);
    }

    private void checkLoss(LossTerms terms) {
        float scale = 0.5f;
        Tensor logits = bench.random(TOKENS * CHANNELS);
        Indices targets = targets();
        check(
                logits,
                lossGradient(logits, terms, scale),
                bench.tensor(scale, scale, scale, scale, scale, scale),
                () -> {
                    Tensor fresh = backend.allocate(TOKENS);
                    backend.crossEntropy(fresh, logits, targets, terms, TOKENS, CHANNELS);
                    return fresh;
                });
    }

    /** Compares the gradient of {@code sum(forward() * dOut)} with respect to every element of {@code variable}. */
    private static void check(Tensor variable, Tensor gradient, Tensor dOut, Supplier<Tensor> forward) {
        ReferenceTensor x = (ReferenceTensor) variable;
        for (int i = 0; i < x.size(); i++) {
            double original = x.get(i);
            x.set(i, original + STEP);
            double above = dot(forward.get(), dOut);
            x.set(i, original - STEP);
            double below = dot(forward.get(), dOut);
            x.set(i, original);
            double difference = (above - below) / (2 * STEP);
            assertThat(((ReferenceTensor) gradient).get(i))
                    .as("element %d", i)
                    .isCloseTo(difference, within(TOLERANCE * Math.max(1, Math.abs(difference))));
        }
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += ((ReferenceTensor) a).get(i) * ((ReferenceTensor) b).get(i);
        }
        return sum;
    }
}
