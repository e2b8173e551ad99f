package org.alluvium.tokenizer.document;

import java.util.Arrays;
import java.util.List;

/**
 * A document to which our encoder gave other ids than the reference.
 *
 * @param document its id
 * @param position index of the first id that differs, without BOS
 * @param fast a few ids of our encoder from there
 * @param reference a few ids of the reference from there
 */
public record Disagreement(String document, int position, List<Integer> fast, List<Integer> reference) {

    private static final int SHOWN = 16;

    public Disagreement {
        fast = List.copyOf(fast);
        reference = List.copyOf(reference);
    }

    static Disagreement of(String document, int[] fast, int[] reference) {
        int position = Arrays.mismatch(fast, reference);
        return new Disagreement(document, position, from(fast, position), from(reference, position));
    }

    private static List<Integer> from(int[] ids, int position) {
        return Arrays.stream(ids).skip(position).limit(SHOWN).boxed().toList();
    }
}
