package org.alluvium.trainer.probe;

import java.util.Map;
import java.util.TreeMap;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;

/**
 * How large weights are.
 *
 * @param embeddingNorm length of a token's embedding, on average over the vocabulary
 * @param rootMeanSquare of a single weight, by kind of tensor: {@code embedding}, {@code attention}, {@code feedForward},
 *     {@code norms}, {@code output}
 */
public record WeightSizes(double embeddingNorm, Map<String, Double> rootMeanSquare) {

    private static final String EMBEDDING = "embedding";

    private record Sum(double squares, long count) {

        Sum plus(Sum other) {
            return new Sum(squares + other.squares, count + other.count);
        }

        double rootMeanSquare() {
            return Math.sqrt(squares / count);
        }
    }

    /** Those of a model; sums are taken in the order of the parameters. */
    public static WeightSizes of(TrainableModel model) {
        Map<String, Sum> sums = new TreeMap<>();
        double norm = 0;
        for (ParameterInfo parameter : model.parameters()) {
            float[] weights = new float[parameter.size()];
            model.read(parameter, TrainableModel.Slot.WEIGHT, weights);
            String kind = kindOf(parameter.name());
            sums.merge(kind, new Sum(squares(weights, 0, weights.length), weights.length), Sum::plus);
            if (kind.equals(EMBEDDING)) {
                norm = meanNorm(weights, parameter.dimensions().getLast());
            }
        }
        Map<String, Double> roots = new TreeMap<>();
        sums.forEach((kind, sum) -> roots.put(kind, sum.rootMeanSquare()));
        return new WeightSizes(norm, roots);
    }

    private static String kindOf(String name) {
        if (name.contains("norm")) {
            return "norms";
        }
        if (name.contains(".self_attn.")) {
            return "attention";
        }
        if (name.contains(".mlp.")) {
            return "feedForward";
        }
        return name.startsWith("lm_head") ? "output" : EMBEDDING;
    }

    private static double meanNorm(float[] rows, int width) {
        int count = rows.length / width;
        double sum = 0;
        for (int row = 0; row < count; row++) {
            sum += Math.sqrt(squares(rows, row * width, width));
        }
        return sum / count;
    }

    private static double squares(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }
}
