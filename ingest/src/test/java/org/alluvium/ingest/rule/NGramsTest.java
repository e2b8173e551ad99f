package org.alluvium.ingest.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.alluvium.ingest.words.Words;
import org.junit.jupiter.api.Test;

class NGramsTest {

    @Property
    void theyAreWhatStringsWouldBe(
            @ForAll @Size(max = 60)
                    List<@CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 2) String> words) {
        NGrams nGrams = new NGrams(words(words));

        for (int n = 2; n <= 4; n++) {
            assertThat(nGrams.top(n)).as("top %d", n).isEqualTo(top(words, n));
        }
        for (int n = NGrams.SHORTEST; n <= 10; n++) {
            assertThat(nGrams.repeated(n)).as("repeated %d", n).isEqualTo(repeated(words, n));
        }
    }

    /**
     * Strings of Thue and Morse have equal sums modulo 2^64 under every odd base once they are long enough; they are told
     * apart all the same.
     */
    @Test
    void wordsWithTheSameHashAreTwoWords() {
        StringBuilder thue = new StringBuilder("a");
        StringBuilder morse = new StringBuilder("b");
        for (int i = 0; i < 12; i++) {
            String before = thue.toString();
            thue.append(morse);
            morse.append(before);
        }
        List<String> words = new ArrayList<>(Collections.nCopies(5, thue.toString()));
        words.addAll(Collections.nCopies(5, morse.toString()));

        assertThat(new NGrams(words(words)).repeated(5)).isZero();
        words.addAll(Collections.nCopies(5, thue.toString()));
        assertThat(new NGrams(words(words)).repeated(5)).isEqualTo(5L * thue.length());
    }

    @Test
    void aTextWithoutWordsHasNone() {
        NGrams none = new NGrams(words(List.of()));

        assertThat(none.top(2)).isZero();
        assertThat(none.repeated(5)).isZero();
    }

    private static long top(List<String> words, int n) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i + n <= words.size(); i++) {
            counts.merge(String.join(" ", words.subList(i, i + n)), 1, Integer::sum);
        }
        long top = 0;
        int most = 0;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                top = (long) entry.getKey().length() * most;
            }
        }
        return top;
    }

    private static long repeated(List<String> words, int n) {
        Set<String> seen = new HashSet<>();
        long repeated = 0;
        for (int i = 0; i + n <= words.size(); ) {
            String sequence = String.join("", words.subList(i, i + n));
            boolean first = seen.add(sequence);
            repeated += first ? 0 : sequence.length();
            i += first ? 1 : n;
        }
        return repeated;
    }

    private static Words words(List<String> words) {
        String text = String.join(" ", words);
        Words.Builder builder = new Words.Builder(text);
        int start = 0;
        for (String word : words) {
            builder.add(start, start + word.length());
            start += word.length() + 1;
        }
        return builder.build();
    }
}
