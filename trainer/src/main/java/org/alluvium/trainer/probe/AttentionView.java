package org.alluvium.trainer.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.model.Insight;
import org.alluvium.trainer.model.TrainableModel;

/**
 * Where every head looks in a text.
 *
 * @param tokens of the text
 * @param tile width and height of a head's thumbnail
 * @param heads of all layers, layer by layer
 */
public record AttentionView(List<String> tokens, int tile, List<Head> heads) {

    private static final int MOST_TOKENS = 128;
    private static final int TILE = 32;
    private static final int BYTE = 255;
    private static final double LN_2 = Math.log(2);

    /** Share of its weight from which on a head that looks at the first token is taken to look at nothing. */
    private static final double IDLE = 0.95;

    /**
     * A head, on average over all positions but the first, which can only look at itself.
     *
     * @param layer from 0
     * @param head from 0
     * @param thumbnail bytes of a square, row by row, in Base64: the largest weight under each of its places
     * @param entropyBits of where it looks
     * @param distance tokens back
     * @param previous weight on the token before
     * @param first weight on the first token
     * @param idle whether it looks at the first token so much that it does nothing here
     */
    public record Head(
            int layer,
            int head,
            String thumbnail,
            double entropyBits,
            double distance,
            double previous,
            double first,
            boolean idle) {}

    /** All heads of a model in a text of at least one token. */
    public static AttentionView of(TrainableModel model, int[] text, Vocabulary vocabulary) {
        int[] ids = seen(model, text);
        Insight insight = model.inspect(ids);
        List<Head> heads = new ArrayList<>();
        int tile = Math.min(TILE, ids.length);
        for (int layer = 0; layer < model.shape().layers(); layer++) {
            float[][][] maps = insight.attention(layer);
            for (int head = 0; head < maps.length; head++) {
                heads.add(head(layer, head, maps[head], tile));
            }
        }
        return new AttentionView(texts(vocabulary, ids), tile, heads);
    }

    /** As much of a text as is looked at. */
    public static int[] seen(TrainableModel model, int[] text) {
        return Arrays.copyOf(
                text, Math.min(text.length, Math.min(MOST_TOKENS, model.shape().context())));
    }

    private static List<String> texts(Vocabulary vocabulary, int[] ids) {
        return Arrays.stream(ids).mapToObj(id -> TokenText.of(vocabulary, id)).toList();
    }

    private static Head head(int layer, int head, float[][] map, int tile) {
        double entropy = 0;
        double distance = 0;
        double previous = 0;
        double first = 0;
        int counted = Math.max(1, map.length - 1);
        for (int position = 1; position < map.length; position++) {
            previous += map[position][position - 1] / counted;
            first += map[position][0] / counted;
            for (int seen = 0; seen <= position; seen++) {
                double weight = map[position][seen];
                entropy -= weight > 0 ? weight * Math.log(weight) / LN_2 / counted : 0;
                distance += weight * (position - seen) / counted;
            }
        }
        return new Head(layer, head, thumbnail(map, tile), entropy, distance, previous, first, first >= IDLE);
    }

    private static String thumbnail(float[][] map, int tile) {
        byte[] bytes = new byte[tile * tile];
        for (int position = 0; position < map.length; position++) {
            for (int seen = 0; seen <= position; seen++) {
                int at = position * tile / map.length * tile + seen * tile / map.length;
                int weight = Math.round(BYTE * map[position][seen]);
                bytes[at] = (byte) Math.max(Byte.toUnsignedInt(bytes[at]), weight);
            }
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** One head in full, as exactly as its thumbnail says: to a 255th. Empty if that has fewer places than there are tokens. */
    public Optional<Map> map(int layer, int head) {
        return tile < tokens.size()
                ? Optional.empty()
                : heads.stream()
                        .filter(each -> each.layer() == layer && each.head() == head)
                        .findFirst()
                        .map(each -> new Map(tokens, weights(each)));
    }

    private List<List<Integer>> weights(Head head) {
        byte[] bytes = Base64.getDecoder().decode(head.thumbnail());
        return IntStream.range(0, tile)
                .mapToObj(position -> IntStream.rangeClosed(0, position)
                        .mapToObj(seen -> Math.round(1000f * Byte.toUnsignedInt(bytes[position * tile + seen]) / BYTE))
                        .toList())
                .toList();
    }

    /**
     * One head in full.
     *
     * @param tokens of the text
     * @param weights of each position on those up to itself, in thousandths
     */
    public record Map(List<String> tokens, List<List<Integer>> weights) {

        /** A head of a model in a text of at least one token. */
        public static Map of(TrainableModel model, int[] text, Vocabulary vocabulary, int layer, int head) {
            int[] ids = seen(model, text);
            float[][] map = model.inspect(ids).attention(layer)[head];
            List<List<Integer>> weights = IntStream.range(0, map.length)
                    .mapToObj(position -> IntStream.rangeClosed(0, position)
                            .mapToObj(seen -> Math.round(1000 * map[position][seen]))
                            .toList())
                    .toList();
            return new Map(texts(vocabulary, ids), weights);
        }
    }
}
