package org.alluvium.trainer.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.trainer.backend.Backend.AttentionResult;
import org.alluvium.trainer.backend.Backend.HeadNormBuffers;
import org.alluvium.trainer.backend.Backend.HeadNormGradients;
import org.alluvium.trainer.backend.Backend.LossBuffers;
import org.alluvium.trainer.backend.Backend.Moments;
import org.alluvium.trainer.backend.Backend.NormBuffers;

/** Every operation on seeded operands; widths are chosen so that nothing is a multiple of anything. */
public final class Scenarios {

    private static final List<LinearShape> MATRICES =
            List.of(new LinearShape(1, 20, 33), new LinearShape(1, 64, 16), new LinearShape(1, 131, 131));

    /** How names of scenarios end whose activations are BF16. */
    public static final String ROUNDED = " in BF16";

    /** Runs operations and names the tensors that came out. */
    @FunctionalInterface
    public interface Scenario {
        Map<String, Tensor> run(Bench bench);
    }

    private Scenarios() {}

    public static Map<String, Scenario> all() {
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        for (int channels : List.of(1, 20, 64, 131)) {
            typed(scenarios, "norm of " + channels, bench -> norm(bench, 37, channels));
            typed(scenarios, "swiGlu of " + channels, bench -> swiGlu(bench, 37, channels));
            scenarios.put("embedding of " + channels, bench -> embedding(bench, 53, 19, channels));
        }
        for (LinearShape shape : List.of(
                new LinearShape(1, 16, 16),
                new LinearShape(7, 5, 3),
                new LinearShape(33, 1, 70),
                new LinearShape(17, 129, 1),
                new LinearShape(40, 277, 59),
                new LinearShape(280, 40, 530),
                new LinearShape(523, 600, 70))) {
            scenarios.put("linear " + shape, bench -> linear(bench, shape));
        }
        for (AttentionShape shape : List.of(
                new AttentionShape(1, 1, 1, 1, 2),
                new AttentionShape(3, 1, 2, 1, 8),
                new AttentionShape(2, 9, 2, 1, 10),
                new AttentionShape(3, 17, 6, 2, 8),
                new AttentionShape(3, 33, 4, 1, 64),
                new AttentionShape(1, 70, 3, 1, 128),
                new AttentionShape(3, 130, 4, 2, 16),
                new AttentionShape(2, 300, 2, 1, 20),
                new AttentionShape(2, 100, 3, 3, 34))) {
            typed(scenarios, "rotation " + shape, bench -> rotation(bench, shape));
            typed(scenarios, "attention " + shape, bench -> attention(bench, shape));
            typed(scenarios, "head norm " + shape, bench -> headNorm(bench, shape));
            scenarios.put("attention of the last " + shape, bench -> attentionOfLast(bench, shape));
        }
        for (int vocabulary : List.of(2, 37, 1000)) {
            typed(
                    scenarios,
                    "cross entropy of " + vocabulary,
                    bench -> crossEntropy(bench, LossTerms.PLAIN, 21, vocabulary));
            LossTerms terms = new LossTerms(15, 0.01);
            typed(
                    scenarios,
                    "bent cross entropy of " + vocabulary,
                    bench -> crossEntropy(bench, terms, 21, vocabulary));
        }
        for (int size : List.of(1, 40, 33_001)) {
            scenarios.put("flat operations on " + size, bench -> flat(bench, size));
            scenarios.put("update of " + size, bench -> update(bench, size, false));
            scenarios.put("cautious update of " + size, bench -> update(bench, size, true));
        }
        addWithRoom(scenarios);
        scenarios.put("orthogonal update of one row", bench -> muon(bench, List.of(new LinearShape(1, 37, 1)), false));
        scenarios.put("orthogonal updates", bench -> muon(bench, MATRICES, false));
        scenarios.put("cautious orthogonal updates", bench -> muon(bench, MATRICES, true));
        return scenarios;
    }

    /** Tensors larger than what is computed, as those of a batch that is not full; what lies behind must stay. */
    private static void addWithRoom(Map<String, Scenario> scenarios) {
        AttentionShape shape = new AttentionShape(2, 9, 2, 1, 10);
        Map<String, Scenario> roomy = new LinkedHashMap<>();
        roomy.put("norm", bench -> norm(bench, 37, 20));
        roomy.put("swiGlu", bench -> swiGlu(bench, 37, 20));
        roomy.put("embedding", bench -> embedding(bench, 53, 19, 20));
        roomy.put("linear", bench -> linear(bench, new LinearShape(40, 27, 59)));
        roomy.put("rotation", bench -> rotation(bench, shape));
        roomy.put("attention", bench -> attention(bench, shape));
        roomy.put("head norm", bench -> headNorm(bench, shape));
        roomy.put("cross entropy", bench -> crossEntropy(bench, new LossTerms(15, 0.01), 21, 37));
        roomy.forEach((name, scenario) -> typed(scenarios, name + " with room", bench -> scenario.run(bench.roomy())));
    }

    /** The scenario with activations of each type. */
    private static void typed(Map<String, Scenario> scenarios, String name, Scenario scenario) {
        scenarios.put(name, scenario);
        scenarios.put(name + ROUNDED, bench -> scenario.run(bench.with(ElementType.BF16)));
    }

    private static Map<String, Tensor> norm(Bench bench, int tokens, int channels) {
        Backend backend = bench.backend();
        NormBuffers buffers =
                new NormBuffers(bench.random(tokens * channels), bench.random(channels), backend.allocate(tokens));
        Tensor output = bench.activation(tokens * channels);
        backend.rmsNorm(buffers, output, tokens, channels, 1e-5);
        Tensor dIn = bench.random(tokens * channels);
        Tensor dWeight = bench.random(channels);
        backend.rmsNormBackward(buffers, dIn, dWeight, bench.activation(tokens * channels), tokens, channels);
        return Map.of("output", output, "rms", buffers.inverseRms(), "dIn", dIn, "dWeight", dWeight);
    }

    private static Map<String, Tensor> swiGlu(Bench bench, int tokens, int hidden) {
        Backend backend = bench.backend();
        float[] wide = bench.read(bench.random(2 * tokens * hidden));
        for (int i = 0; i < wide.length; i++) {
            wide[i] *= 20;
        }
        wide[0] = 200;
        wide[wide.length / 2] = -200;
        Tensor gateUp = bench.activation(wide);
        Tensor output = bench.activation(tokens * hidden);
        backend.swiGlu(output, gateUp, tokens, hidden);
        Tensor gradient = bench.activation(2 * tokens * hidden);
        backend.swiGluBackward(gradient, bench.activation(tokens * hidden), gateUp, tokens, hidden);
        return Map.of("output", output, "gradient", gradient);
    }

    private static Map<String, Tensor> embedding(Bench bench, int tokens, int rows, int channels) {
        Tensor output = bench.backend().allocate((long) tokens * channels);
        Tensor table = bench.random(rows * channels);
        Indices ids = bench.randomIndices(tokens, 0, rows);
        bench.backend().embed(output, table, ids, tokens, channels);
        Tensor gradient = bench.random(rows * channels);
        bench.backend().embedBackward(gradient, bench.random(tokens * channels), ids, tokens, channels);
        return Map.of("output", output, "gradient", gradient);
    }

    private static Map<String, Tensor> linear(Bench bench, LinearShape shape) {
        Backend backend = bench.backend();
        Tensor input = bench.random(shape.rows() * shape.in(), backend.activations());
        Tensor master = bench.random(shape.out() * shape.in());
        Weight weight = backend.weight(master, shape.out(), shape.in(), true);
        Tensor fresh = bench.random(shape.rows() * shape.out(), backend.activations());
        Tensor accumulated = bench.random(shape.rows() * shape.out());
        backend.linear(fresh, input, weight, shape, false);
        backend.copy(master, bench.random(shape.out() * shape.in()), master.size());
        backend.refresh(weight);
        backend.linear(accumulated, input, weight, shape, true);
        Tensor dOut = bench.random(shape.rows() * shape.out(), backend.activations());
        Tensor dIn = bench.random(shape.rows() * shape.in());
        Tensor rounded = bench.random(shape.rows() * shape.in(), backend.activations());
        Tensor dWeight = bench.random(shape.out() * shape.in());
        backend.linearBackwardInput(dIn, dOut, weight, shape);
        backend.linearBackwardInput(rounded, dOut, weight, shape);
        Tensor dFresh = bench.random(shape.out() * shape.in());
        backend.linearBackwardWeight(dWeight, dOut, input, shape, true);
        backend.linearBackwardWeight(dFresh, dOut, input, shape, false);
        return Map.of(
                "fresh",
                fresh,
                "accumulated",
                accumulated,
                "dIn",
                dIn,
                "rounded",
                rounded,
                "dWeight",
                dWeight,
                "dFresh",
                dFresh);
    }

    private static Map<String, Tensor> rotation(Bench bench, AttentionShape shape) {
        Tensor there = bench.activation(shape.tokens() * shape.packedWidth());
        Tensor back = bench.activation(shape.tokens() * shape.packedWidth());
        Indices documents = bench.documents(shape);
        Tensor table = bench.rotations(shape);
        bench.backend().rotate(there, table, documents, shape);
        bench.backend().rotateBackward(back, table, documents, shape);
        return Map.of("there", there, "back", back);
    }

    private static Map<String, Tensor> attention(Bench bench, AttentionShape shape) {
        Backend backend = bench.backend();
        Tensor packed = bench.activation(shape.tokens() * shape.packedWidth());
        Indices documents = bench.documents(shape);
        Tensor output = bench.activation(shape.tokens() * shape.outputWidth());
        Tensor sums = backend.allocate((long) shape.tokens() * shape.heads());
        backend.attention(output, sums, packed, documents, shape);
        Tensor gradient = bench.activation(shape.tokens() * shape.packedWidth());
        Tensor dOut = bench.activation(shape.tokens() * shape.outputWidth());
        backend.attentionBackward(gradient, dOut, new AttentionResult(output, sums), packed, documents, shape);
        return Map.of("output", output, "sums", sums, "gradient", gradient);
    }

    private static Map<String, Tensor> attentionOfLast(Bench bench, AttentionShape shape) {
        Tensor packed = bench.random(shape.context() * shape.packedWidth());
        Tensor output = bench.random(shape.outputWidth());
        bench.backend().attentionOfLast(output, packed, shape);
        return Map.of("output", output);
    }

    private static Map<String, Tensor> crossEntropy(Bench bench, LossTerms terms, int rows, int vocabulary) {
        float[] wide = bench.read(bench.random(rows * vocabulary));
        for (int i = 0; i < wide.length; i++) {
            wide[i] *= 30;
        }
        Tensor logits = bench.tensor(wide);
        Tensor logitsAgain = bench.tensor(wide);
        Tensor gradient = bench.activation(wide);
        Indices targets = bench.randomIndices(rows, -1, vocabulary);
        Tensor losses = bench.random(rows);
        Tensor again = bench.random(rows);
        bench.backend().crossEntropy(losses, logits, targets, terms, rows, vocabulary);
        LossBuffers buffers = new LossBuffers(again, logitsAgain, gradient, targets);
        bench.backend().crossEntropyWithGradient(buffers, terms, 0.25f, rows, vocabulary);
        Tensor inPlace = bench.tensor(wide);
        LossBuffers same = new LossBuffers(again, inPlace, inPlace, targets);
        bench.backend().crossEntropyWithGradient(same, terms, 0.25f, rows, vocabulary);
        return Map.of("losses", losses, "again", again, "gradient", gradient, "in place", inPlace);
    }

    private static Map<String, Tensor> headNorm(Bench bench, AttentionShape shape) {
        Backend backend = bench.backend();
        int size = shape.tokens() * shape.packedWidth();
        HeadNormBuffers buffers = new HeadNormBuffers(
                bench.activation(size),
                bench.random(shape.headSize()),
                bench.random(shape.headSize()),
                backend.allocate((long) shape.tokens() * (shape.heads() + shape.kvHeads())));
        Tensor output = bench.activation(size);
        backend.headNorm(buffers, output, shape, 1e-5);
        Tensor gradient = bench.activation(size);
        HeadNormGradients weights =
                new HeadNormGradients(bench.random(shape.headSize()), bench.random(shape.headSize()));
        backend.headNormBackward(buffers, weights, gradient, shape);
        return Map.of(
                "output", output,
                "rms", buffers.inverseRms(),
                "gradient", gradient,
                "query", weights.query(),
                "key", weights.key());
    }

    private static Map<String, Tensor> flat(Bench bench, int size) {
        Tensor input = bench.random(size);
        Tensor squared = bench.random(size);
        bench.backend().reluSquared(squared, input, size);
        Tensor gradient = bench.random(size);
        bench.backend().reluSquaredBackward(gradient, bench.random(size), input, size);
        Tensor average = bench.random(size);
        bench.backend().average(average, input, 0.1);
        Tensor values = bench.random(size);
        Tensor copy = bench.backend().allocate(size);
        bench.backend().copy(copy, values, size);
        Tensor norm = bench.backend().allocate(1);
        bench.backend().squaredNorm(norm, values);
        bench.backend().clear(values);
        return Map.of(
                "copy", copy,
                "norm", norm,
                "cleared", values,
                "squared", squared,
                "gradient", gradient,
                "average", average);
    }

    private static Map<String, Tensor> update(Bench bench, int size, boolean cautious) {
        Tensor weights = bench.random(size);
        Tensor gradients = bench.random(size);
        Moments moments = new Moments(bench.random(size), bench.backend().allocate(size));
        Tensor norm = bench.backend().allocate(1);
        bench.backend().squaredNorm(norm, gradients);
        AdamWCoefficients coefficients = new AdamWCoefficients(0.9, 0.95, 1e-8, 0.99, 0.01, 1.7, cautious, 0.5);
        bench.backend().adamW(weights, gradients, moments, norm, coefficients);
        return Map.of("weights", weights, "first", moments.first(), "second", moments.second());
    }

    private static Map<String, Tensor> muon(Bench bench, List<LinearShape> shapes, boolean cautious) {
        Backend backend = bench.backend();
        Map<String, Tensor> results = new LinkedHashMap<>();
        List<MuonMatrix> matrices = new ArrayList<>();
        for (LinearShape shape : shapes) {
            int size = shape.out() * shape.in();
            MuonMatrix matrix = new MuonMatrix(
                    bench.random(size), bench.random(size), bench.random(size), shape.out(), shape.in(), 1.5);
            matrices.add(matrix);
            results.put("weights " + shape, matrix.weights());
            results.put("momentum " + shape, matrix.momentum());
        }
        Tensor norm = backend.allocate(1);
        backend.squaredNorm(norm, matrices.getFirst().gradients());
        for (boolean nesterov : List.of(true, false)) {
            backend.muon(matrices, norm, new MuonCoefficients(0.9, nesterov, 5, 0.9, 0.02, cautious, 0.5));
        }
        return results;
    }
}
