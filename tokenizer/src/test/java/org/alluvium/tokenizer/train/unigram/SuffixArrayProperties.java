package org.alluvium.tokenizer.train.unigram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SuffixArrayProperties {

    private static final int ALPHABET = 6;

    @Property(tries = 2000)
    void suffixesAreInTheOrderOfANaiveSort(@ForAll("texts") int[] text) {
        assertThat(SuffixArray.of(text, ALPHABET)).isEqualTo(naive(text));
    }

    @Property(tries = 500)
    void neighboursShareWhatANaiveComparisonFinds(@ForAll("texts") int[] text) {
        int[] order = SuffixArray.of(text, ALPHABET);
        int[] common = SuffixArray.commonPrefixes(text, order, 0);
        for (int i = 1; i < order.length; i++) {
            int shared = 0;
            while (order[i] + shared < text.length
                    && order[i - 1] + shared < text.length
                    && text[order[i] + shared] == text[order[i - 1] + shared]
                    && text[order[i] + shared] != 0) {
                shared++;
            }
            assertThat(common[i]).isEqualTo(shared);
        }
    }

    @Example
    void aLongRunOfOneLetterIsSortedInLinearTime() {
        int size = 300_000;
        int[] order = SuffixArray.of(new int[size], 1);
        assertThat(order)
                .isEqualTo(IntStream.range(0, size).map(i -> size - 1 - i).toArray());
    }

    /** Random, of few letters, and periodic, where the same strings come again and again. */
    @Provide
    Arbitrary<int[]> texts() {
        Arbitrary<int[]> random = Arbitraries.integers()
                .between(0, ALPHABET - 1)
                .array(int[].class)
                .ofMaxSize(80);
        Arbitrary<int[]> periodic = Arbitraries.integers()
                .between(0, 2)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(period -> IntStream.range(0, 60)
                        .map(i -> period[i % period.length])
                        .toArray());
        return Arbitraries.oneOf(random, periodic);
    }

    private static int[] naive(int[] text) {
        return IntStream.range(0, text.length)
                .boxed()
                .sorted((a, b) -> Arrays.compare(text, a, text.length, text, b, text.length))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
