package org.alluvium.trainer.model;

import java.util.List;
import org.alluvium.trainer.backend.AttentionShape;

/**
 * What a model computed of one document, for people to look at. It is read from the model's own memory, so that it is good only
 * until the model computes anything else. Not thread-safe, as the model is not.
 */
public final class Insight {

    private final AttentionShape dimensions;
    private final List<Block> blocks;
    private final OutputHead head;
    private final int vocabulary;

    Insight(AttentionShape dimensions, List<Block> blocks, OutputHead head, int vocabulary) {
        this.dimensions = dimensions;
        this.blocks = blocks;
        this.head = head;
        this.vocabulary = vocabulary;
    }

    /** Tokens of the document. */
    public int length() {
        return dimensions.context();
    }

    /** Logits (V) of the token after a position. */
    public float[] logits(int position) {
        float[] logits = new float[vocabulary];
        head.logits(position, logits);
        return logits;
    }

    /** How much each position looked at each before it and at itself, for every head of a layer: (H,T,T), rows add up to 1. */
    public float[][][] attention(int layer) {
        float[] packed = new float[dimensions.tokens() * dimensions.packedWidth()];
        blocks.get(layer).readPacked(packed);
        float[][][] attention = new float[dimensions.heads()][length()][length()];
        for (int h = 0; h < attention.length; h++) {
            for (int position = 0; position < length(); position++) {
                weigh(packed, h, position, attention[h][position]);
            }
        }
        return attention;
    }

    /** The softmax of scaled scores, as the backends define it. */
    private void weigh(float[] packed, int h, int position, float[] weights) {
        int size = dimensions.headSize();
        int query = position * dimensions.packedWidth() + h * size;
        int keys = dimensions.keyOffset(h / dimensions.group());
        double scale = 1 / Math.sqrt(size);
        double[] scores = new double[position + 1];
        double largest = Double.NEGATIVE_INFINITY;
        for (int seen = 0; seen <= position; seen++) {
            int key = seen * dimensions.packedWidth() + keys;
            for (int i = 0; i < size; i++) {
                scores[seen] += (double) packed[query + i] * packed[key + i] * scale;
            }
            largest = Math.max(largest, scores[seen]);
        }
        double sum = 0;
        for (int seen = 0; seen <= position; seen++) {
            scores[seen] = Math.exp(scores[seen] - largest);
            sum += scores[seen];
        }
        for (int seen = 0; seen <= position; seen++) {
            weights[seen] = (float) (scores[seen] / sum);
        }
    }
}
