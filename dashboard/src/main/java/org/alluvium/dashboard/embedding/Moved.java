package org.alluvium.dashboard.embedding;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.alluvium.dashboard.embedding.TokenSpace.Neighbour;
import org.alluvium.trainer.probe.Largest;

/**
 * The tokens that moved most from one checkpoint to another.
 *
 * @param median change of all tokens
 * @param tokens those that moved most, most first
 */
public record Moved(double median, List<Token> tokens) {

    private static final int MOST = 40;
    private static final int NEIGHBOURS = 6;

    /**
     * A token that moved.
     *
     * @param id of the token
     * @param text of it
     * @param change 1 less the cosine of the angle between then and now
     * @param kept share of its neighbours that stayed its neighbours
     * @param before its neighbours then
     * @param after and now
     */
    public record Token(
            int id, String text, double change, double kept, List<Neighbour> before, List<Neighbour> after) {}

    /** Those between two checkpoints of one vocabulary. */
    public static Moved between(TokenSpace former, TokenSpace latter) {
        double[] changes = former.changes(latter);
        int[] ordered = Largest.of(changes, former.words(), MOST);
        double[] sorted = IntStream.of(former.words())
                .mapToDouble(id -> changes[id])
                .sorted()
                .toArray();
        List<Token> tokens = IntStream.of(ordered)
                .mapToObj(
                        id -> token(id, changes[id], former.near(id, NEIGHBOURS), latter.near(id, NEIGHBOURS), former))
                .toList();
        return new Moved(sorted.length == 0 ? 0 : sorted[sorted.length / 2], tokens);
    }

    private static Token token(int id, double change, List<Neighbour> before, List<Neighbour> after, TokenSpace space) {
        Set<Integer> stayed = new HashSet<>(ids(before));
        stayed.retainAll(ids(after));
        return new Token(
                id, space.text(id), change, (double) stayed.size() / Math.max(1, before.size()), before, after);
    }

    private static Set<Integer> ids(List<Neighbour> neighbours) {
        return neighbours.stream().map(Neighbour::id).collect(Collectors.toSet());
    }
}
