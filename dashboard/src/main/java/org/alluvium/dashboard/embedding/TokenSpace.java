package org.alluvium.dashboard.embedding;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.alluvium.dashboard.matrix.Matrix;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.trainer.probe.Largest;
import org.alluvium.trainer.probe.TokenText;

/** The embeddings of one checkpoint, by their directions. Immutable. */
public final class TokenSpace {

    private final Vocabulary vocabulary;
    private final Matrix directions;
    private final int[] words;

    public TokenSpace(Matrix embedding, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        directions = embedding.centred().unitRows();
        words = IntStream.range(0, Math.min(vocabulary.size(), embedding.rows()))
                .filter(id -> vocabulary.piece(id).type() == PieceType.NORMAL)
                .toArray();
    }

    /**
     * A token near another, or near a place.
     *
     * @param id of the token
     * @param text of it
     * @param cosine of the angle between the two
     */
    public record Neighbour(int id, String text, double cosine) {}

    /** Answers that are lists. */
    public record Neighbours(List<Neighbour> neighbours) {}

    /** Ids of the tokens that stand for text, in the order of the vocabulary, which is about that of how frequent they are. */
    int[] words() {
        return words;
    }

    Matrix directions() {
        return directions;
    }

    String text(int id) {
        return TokenText.of(vocabulary, id);
    }

    /** The tokens nearest to one, nearest first. */
    public List<Neighbour> near(int id, int count) {
        float[] place = new float[directions.columns()];
        add(place, id, 1);
        return near(place, Set.of(id), count);
    }

    /** What is to c as b is to a: the tokens nearest to b - a + c (Mikolov et al., 2013), without these three. */
    public List<Neighbour> analogy(int a, int b, int c, int count) {
        float[] place = new float[directions.columns()];
        add(place, b, 1);
        add(place, a, -1);
        add(place, c, 1);
        return near(place, Set.of(a, b, c), count);
    }

    private void add(float[] place, int id, float weight) {
        for (int column = 0; column < place.length; column++) {
            place[column] += weight * directions.get(id, column);
        }
    }

    private List<Neighbour> near(float[] place, Set<Integer> without, int count) {
        double length = 0;
        for (float value : place) {
            length += (double) value * value;
        }
        double norm = length == 0 ? 1 : Math.sqrt(length);
        double[] cosines = new double[directions.rows()];
        for (int id : words) {
            cosines[id] = directions.dot(id, place) / norm;
        }
        int[] others = IntStream.of(words).filter(id -> !without.contains(id)).toArray();
        return IntStream.of(Largest.of(cosines, others, count))
                .mapToObj(id -> new Neighbour(id, text(id), cosines[id]))
                .toList();
    }

    /** For each id, 1 less the cosine of the angle between the token here and there; 0 for what stands for no text. */
    double[] changes(TokenSpace other) {
        double[] changes = new double[directions.rows()];
        for (int id : words) {
            changes[id] = 1 - directions.dot(id, other.directions, id);
        }
        return changes;
    }

    /** The changes to a later checkpoint, of the tokens that stand for text. */
    public TokenFigures changesTo(TokenSpace later) {
        double[] changes = changes(later);
        return TokenFigures.of(words, id -> (float) changes[id]);
    }
}
