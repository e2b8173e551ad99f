package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.reason;
import static org.alluvium.ingest.rule.Subjects.value;
import static org.alluvium.ingest.rule.Threshold.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.alluvium.contracts.config.GopherRepetitionConfig;
import org.alluvium.ingest.filter.Filter;
import org.junit.jupiter.api.Test;

class GopherRepetitionTest implements PublishedRules {

    private static final GopherRepetition PUBLISHED = new GopherRepetition(
            new GopherRepetitionConfig(0.30, 0.20, 0.30, 0.20, 0.20, 0.18, 0.16, 0.15, 0.14, 0.13, 0.12, 0.11, 0.10));

    @Override
    public Filter published() {
        return PUBLISHED;
    }

    @Override
    public Filter switchedOff() {
        return new GopherRepetition(new GopherRepetitionConfig(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(
                atMost("dup_para_frac", 0.30, pieces("\n\n", 2), pieces("\n\n", 3), pieces("\n\n", 4)),
                shares("dup_para_char_frac", 0.20, 200, length -> longPieces("\n\n", length)),
                atMost("dup_line_frac", 0.30, pieces("\n", 2), pieces("\n", 3), pieces("\n", 4)),
                shares("dup_line_char_frac", 0.20, 200, length -> longPieces("\n", length)),
                shares("top_2_gram", 0.20, 100, length -> frequent("aaa b", 4, length)),
                shares("top_3_gram", 0.18, 200, length -> frequent("aaa bbb cccc", 3, length)),
                shares("top_4_gram", 0.16, 200, length -> frequent("aaa bbb ccc dddd", 2, length)),
                shares("duplicated_5_n_grams", 0.15, 1000, length -> twice(5, 5, 6, length)),
                shares("duplicated_6_n_grams", 0.14, 600, length -> twice(2, 6, 7, length)),
                shares("duplicated_7_n_grams", 0.13, 1400, length -> twice(2, 7, 13, length)),
                shares("duplicated_8_n_grams", 0.12, 800, length -> twice(2, 8, 6, length)),
                shares("duplicated_9_n_grams", 0.11, 900, length -> twice(1, 9, 11, length)),
                shares("duplicated_10_n_grams", 0.10, 1000, length -> twice(2, 10, 5, length)));
    }

    /** A text whose repetitions are the same at every length, so that a longer one has the smaller share. */
    private static Threshold shares(String rule, double threshold, int length, IntFunction<String> text) {
        return atMost(rule, threshold, text.apply(length + 1), text.apply(length), text.apply(length - 1));
    }

    @Test
    void theFirstRuleThatFailsIsTheReason() {
        assertThat(reason(PUBLISHED, "a b\n\na b\n\na b\n\na b")).isEqualTo("dup_para_frac");
        assertThat(reason(PUBLISHED, "a b\na b\na b\na b")).isEqualTo("dup_line_frac");
        assertThat(reason(PUBLISHED, "a b a b a b a b")).isEqualTo("top_2_gram");
    }

    @Test
    void paragraphsHaveTwoLineFeedsBetweenThemAndLinesAny() {
        String text = "\n\na\nb\n\n\na\n";

        assertThat(value(PUBLISHED, "dup_para_frac", text)).isZero(); // "a\nb" and "a"
        assertThat(value(PUBLISHED, "dup_line_frac", text)).isEqualTo(2 / 5.0, within(1e-9)); // "", a, b, a, ""
        assertThat(value(PUBLISHED, "dup_line_char_frac", text)).isEqualTo(1 / 10.0, within(1e-9));
    }

    @Test
    void everyOccurrenceButTheFirstIsADuplicate() {
        assertThat(value(PUBLISHED, "dup_para_frac", "ab\n\nab\n\nab\n\ncd")).isEqualTo(2 / 4.0, within(1e-9));
        assertThat(value(PUBLISHED, "dup_para_char_frac", "ab\n\nab\n\nab\n\ncd"))
                .isEqualTo(4 / 14.0, within(1e-9));
    }

    @Test
    void ofEquallyFrequentSequencesTheFirstIsTheTop() {
        assertThat(value(PUBLISHED, "top_2_gram", "a b cc dd")).isEqualTo(3 / 9.0, within(1e-9));
        assertThat(value(PUBLISHED, "top_2_gram", "a b cc dd cc dd")).isEqualTo(10 / 15.0, within(1e-9));
        assertThat(value(PUBLISHED, "top_3_gram", "a b")).isZero();
    }

    @Test
    void sequencesThatOverlapAllCountForTheTop() {
        assertThat(value(PUBLISHED, "top_2_gram", "the the the")).isEqualTo(14 / 11.0, within(1e-9));
    }

    @Test
    void aRepeatedSequenceIsSteppedOver() {
        String six = "a b c d e f";

        assertThat(value(PUBLISHED, "duplicated_5_n_grams", six + " " + six)).isEqualTo(5 / 23.0, within(1e-9));
        assertThat(value(PUBLISHED, "duplicated_6_n_grams", six + " " + six)).isEqualTo(6 / 23.0, within(1e-9));
        assertThat(value(PUBLISHED, "duplicated_7_n_grams", six + " " + six)).isZero();
    }

    @Test
    void repeatedSequencesAreComparedWithoutSpaces() {
        String text = "ab c d e f , a bc d e f";

        assertThat(value(PUBLISHED, "duplicated_5_n_grams", text)).isEqualTo(6 / 23.0, within(1e-9));
        assertThat(value(PUBLISHED, "top_4_gram", text)).isEqualTo(8 / 23.0, within(1e-9));
    }

    @Test
    void lengthsAreInCodePoints() {
        assertThat(value(PUBLISHED, "top_2_gram", "𝒶 𝒷")).isEqualTo(1, within(1e-9));
        assertThat(value(PUBLISHED, "dup_line_char_frac", "𝒶\n𝒶")).isEqualTo(1 / 3.0, within(1e-9));
    }

    @Test
    void anEmptyTextIsDropped() {
        assertThat(reason(PUBLISHED, "")).isEqualTo("empty");
    }

    /** Ten pieces, of which so many are short and stood there before. */
    private static String pieces(String separator, int duplicates) {
        Filler filler = new Filler();
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < 10 - duplicates; i++) {
            pieces.add(i == 1 ? "ab" : filler.text(12));
        }
        for (int i = 0; i < duplicates; i++) {
            pieces.add("ab");
        }
        return String.join(separator, pieces);
    }

    /** A text of that length of which forty characters are a piece that stood there before. */
    private static String longPieces(String separator, int length) {
        String word = "w".repeat(40);
        String head = "a b c d e f g" + separator + word + separator;
        return head + new Filler().upTo(length - head.length() - separator.length() - 40, "begin") + separator + word;
    }

    /** A text of that length in which some words stand together so many times. */
    private static String frequent(String words, int times, int length) {
        Filler filler = new Filler();
        StringBuilder text = new StringBuilder(words);
        for (int i = 1; i < times; i++) {
            text.append(' ').append(filler.word(3)).append(' ').append(words);
        }
        return filler.upTo(length, text.toString());
    }

    /** A text of that length in which some sequences of n words stand twice, never with the same neighbours. */
    private static String twice(int sequences, int n, int letters, int length) {
        Filler filler = new Filler();
        List<String> text = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        for (int i = 0; i < sequences; i++) {
            repeated.add(String.join(" ", filler.words(n, letters)));
        }
        for (int round = 0; round < 2; round++) {
            for (String sequence : repeated) {
                text.add(filler.word(3));
                text.add(sequence);
            }
        }
        return filler.upTo(length, String.join(" ", text));
    }
}
