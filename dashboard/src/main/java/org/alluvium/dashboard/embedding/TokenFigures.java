package org.alluvium.dashboard.embedding;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A figure for each token. Both lists are of one length.
 *
 * @param ids of the tokens
 * @param values their figures
 */
public record TokenFigures(List<Integer> ids, List<Float> values) {

    static TokenFigures of(int[] ids, IntFunction<Float> value) {
        return new TokenFigures(
                IntStream.of(ids).boxed().toList(),
                IntStream.of(ids).mapToObj(value).toList());
    }
}
