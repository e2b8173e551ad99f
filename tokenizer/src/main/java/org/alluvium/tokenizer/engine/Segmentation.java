package org.alluvium.tokenizer.engine;

import java.util.List;

/**
 * One of several ways to encode a text.
 *
 * @param ids in the order of the text
 * @param score sum of the pieces' scores, natural logarithms of probabilities
 */
public record Segmentation(List<Integer> ids, double score) {

    public Segmentation {
        ids = List.copyOf(ids);
    }
}
