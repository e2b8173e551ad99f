package org.alluvium.dashboard.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.alluvium.dashboard.matrix.Matrix;
import org.alluvium.dashboard.matrix.Subspace;

/**
 * Tokens on a plane. All lists are of one length.
 *
 * @param ids of the tokens
 * @param texts of them
 * @param scripts of their first letters
 * @param x from left to right
 * @param y from bottom to top
 */
public record TokenMap(List<Integer> ids, List<String> texts, List<String> scripts, List<Float> x, List<Float> y) {

    private static final int ROUNDS = 6;

    /** By the two directions in which tokens differ most (principal components). */
    public static TokenMap principal(TokenSpace space) {
        return at(space, space.words(), plane(space, space.words()));
    }

    /**
     * By who is near whom. The first and so most frequent tokens are laid out; of the others, each is put among the laid out ones
     * that it is nearest to.
     *
     * @param laidOut how many are laid out
     */
    public static TokenMap neighbours(TokenSpace space, int laidOut) {
        int[] words = space.words();
        int[] anchors = IntStream.of(words).limit(laidOut).toArray();
        Matrix layout = new NeighbourLayout(space.directions(), anchors).from(plane(space, anchors));
        int[] others = IntStream.of(words).skip(anchors.length).toArray();
        return at(space, words, new NearestAnchors(space.directions(), anchors, layout).with(others));
    }

    /** The same of a later checkpoint, turned, mirrored and scaled to lie on this as well as it can (Schönemann, 1966). */
    public TokenMap aligned(TokenMap onto) {
        Procrustes fit = Procrustes.of(this, onto);
        List<Float> alongX = new ArrayList<>();
        List<Float> alongY = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            alongX.add((float) fit.x(x.get(i), y.get(i)));
            alongY.add((float) fit.y(x.get(i), y.get(i)));
        }
        return new TokenMap(ids, texts, scripts, alongX, alongY);
    }

    private static Matrix plane(TokenSpace space, int[] ids) {
        Subspace plane = Subspace.of(space.directions(), 2, ROUNDS);
        Matrix all = plane.coordinates(space.directions());
        float[] chosen = new float[2 * ids.length];
        for (int i = 0; i < ids.length; i++) {
            chosen[2 * i] = all.get(ids[i], 0);
            chosen[2 * i + 1] = all.get(ids[i], 1);
        }
        return new Matrix(chosen, ids.length, 2);
    }

    private static TokenMap at(TokenSpace space, int[] ids, Matrix places) {
        return new TokenMap(
                IntStream.of(ids).boxed().toList(),
                IntStream.of(ids).mapToObj(space::text).toList(),
                IntStream.of(ids).mapToObj(id -> script(space.text(id))).toList(),
                IntStream.range(0, ids.length).mapToObj(i -> places.get(i, 0)).toList(),
                IntStream.range(0, ids.length).mapToObj(i -> places.get(i, 1)).toList());
    }

    private static String script(String text) {
        String bare = text.strip();
        if (bare.isEmpty()) {
            return "common";
        }
        return Character.UnicodeScript.of(bare.codePointAt(0)).name().toLowerCase(Locale.ROOT);
    }
}
