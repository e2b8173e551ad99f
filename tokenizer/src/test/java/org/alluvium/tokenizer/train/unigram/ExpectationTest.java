package org.alluvium.tokenizer.train.unigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationTest {

    private static final PieceRule ANYTHING = new PieceRule() {
        @Override
        public boolean allows(int[] codePoints, int from, int to) {
            return true;
        }

        @Override
        public boolean separates(int before, int after) {
            return false;
        }
    };

    @Test
    void countsAreThoseOfAllSegmentationsWeightedByTheirProbability() {
        Map<String, Long> words = Map.of("abab", 3L, "ab", 5L, "bca", 2L, "abcab", 1L);
        Fragments fragments = Fragments.of(CountedStrings.of(words), point -> true, ANYTHING);
        Pieces pieces = Seeds.of(fragments, 4, 100, ANYTHING);
        Map<String, Double> probabilities = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            probabilities.put(text(fragments, pieces, i), Math.exp(pieces.score(i)));
        }
        assertThat(probabilities).containsKeys("a", "b", "c", "ab", "abab", "bca");

        Map<String, Double> expected = new HashMap<>();
        words.forEach((word, count) -> {
            double all = enumerate(word, "", 1, probabilities, 0, new HashMap<>());
            enumerate(word, "", 1, probabilities, count / all, expected);
        });

        Expectation counted = count(fragments, pieces, 23);
        for (int i = 0; i < pieces.size(); i++) {
            assertThat(counted.count(i))
                    .isCloseTo(expected.getOrDefault(text(fragments, pieces, i), 0.0), within(1e-6));
        }
    }

    @Test
    void aTextWhoseProbabilityFitsNoNumberIsCountedAsExactly() {
        int length = 100_000;
        Map<String, Long> words = Map.of("ab".repeat(length / 2), 1L, "xyz", 1L, "ab", 1000L);
        Fragments fragments = Fragments.of(CountedStrings.of(words), point -> true, ANYTHING);
        Pieces pieces = Seeds.of(fragments, 16, 1000, ANYTHING);
        Expectation counted = count(fragments, pieces, length + 2003);
        double letters = 0;
        for (int i = 0; i < pieces.size(); i++) {
            assertThat(counted.count(i)).isNotNegative();
            letters += counted.count(i) * pieces.length(i);
        }
        assertThat(letters).isCloseTo(length + 2003, within(0.01));
        assertThat(counted.logLikelihood()).isNegative().isGreaterThan(-10.0 * length);
    }

    private static Expectation count(Fragments fragments, Pieces pieces, long letters) {
        Expectation counted = new Expectation(fragments, pieces, letters);
        counted.add(Lattice.of(fragments, 0, fragments.size(), pieces, Trie.of(pieces, fragments.letters())));
        return counted;
    }

    /** Adds the probability, times a weight, of all ways to go on to all pieces of each; gives their sum. */
    private static double enumerate(
            String rest,
            String before,
            double probability,
            Map<String, Double> pieces,
            double weight,
            Map<String, Double> counts) {
        if (rest.isEmpty()) {
            for (String piece : before.strip().split(" ", -1)) {
                counts.merge(piece, probability * weight, Double::sum);
            }
            return probability;
        }
        double sum = 0;
        for (int end = 1; end <= rest.length(); end++) {
            Double next = pieces.get(rest.substring(0, end));
            if (next != null) {
                sum += enumerate(
                        rest.substring(end),
                        before + " " + rest.substring(0, end),
                        probability * next,
                        pieces,
                        weight,
                        counts);
            }
        }
        return sum;
    }

    private static String text(Fragments fragments, Pieces pieces, int piece) {
        StringBuilder text = new StringBuilder();
        for (int at = pieces.offset(piece); at < pieces.end(piece); at++) {
            text.appendCodePoint(fragments.codePoint(fragments.letters()[at]));
        }
        return text.toString();
    }
}
