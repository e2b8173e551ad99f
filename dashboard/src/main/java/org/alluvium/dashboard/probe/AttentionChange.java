package org.alluvium.dashboard.probe;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.model.Insight;
import org.alluvium.trainer.probe.AttentionView;

/**
 * How much each head looks elsewhere in a later checkpoint.
 *
 * @param layers of the model
 * @param heads of a layer
 * @param changes layer by layer: the total variation distance of where each looks, on average over the positions of the text; 0
 *     is the same, 1 is all of it elsewhere
 */
public record AttentionChange(int layers, int heads, List<Double> changes) {

    /** Of a text. */
    public static AttentionChange of(LoadedModel loaded, Checkpoint former, Checkpoint latter, String text) {
        int[] ids = AttentionView.seen(loaded.of(former), loaded.tokens(former, text));
        int layers = former.shape().layers();
        List<float[][][]> before = maps(loaded.of(former).inspect(ids), layers);
        List<float[][][]> after = maps(loaded.of(latter).inspect(ids), layers);
        List<Double> changes = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int head = 0; head < former.shape().heads(); head++) {
                changes.add(distance(before.get(layer)[head], after.get(layer)[head]));
            }
        }
        return new AttentionChange(layers, former.shape().heads(), changes);
    }

    private static List<float[][][]> maps(Insight insight, int layers) {
        List<float[][][]> maps = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            maps.add(insight.attention(layer));
        }
        return maps;
    }

    private static double distance(float[][] one, float[][] other) {
        double sum = 0;
        for (int position = 0; position < one.length; position++) {
            for (int seen = 0; seen <= position; seen++) {
                sum += Math.abs(one[position][seen] - other[position][seen]) / 2;
            }
        }
        return sum / one.length;
    }
}
