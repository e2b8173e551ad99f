package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.reason;
import static org.alluvium.ingest.rule.Subjects.rules;
import static org.alluvium.ingest.rule.Subjects.value;
import static org.alluvium.ingest.rule.Threshold.atLeast;
import static org.alluvium.ingest.rule.Threshold.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.alluvium.contracts.config.GopherQualityConfig;
import org.alluvium.ingest.filter.Filter;
import org.junit.jupiter.api.Test;

class GopherQualityTest implements PublishedRules {

    private static final List<String> STOP_WORDS = List.of("the", "be", "to", "of", "and", "that", "have", "with");
    private static final GopherQuality PUBLISHED =
            new GopherQuality(new GopherQualityConfig(50, 100_000, 3, 10, 0.1, 0.1, 0.9, 0.3, 0.8, 2, STOP_WORDS));

    @Override
    public Filter published() {
        return PUBLISHED;
    }

    @Override
    public Filter switchedOff() {
        return new GopherQuality(new GopherQualityConfig(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, STOP_WORDS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(
                atLeast("gopher_short_doc", 50, words(49), words(50), words(51)),
                atMost("gopher_long_doc", 100_000, words(99_999), words(100_000), words(100_001)),
                atLeast("gopher_below_avg_threshold", 3, lengths(149), lengths(150), lengths(151)),
                atMost("gopher_above_avg_threshold", 10, lengths(499), lengths(500), lengths(501)),
                atMost("gopher_too_many_hashes", 0.1, mixed(91, 9, "#"), mixed(90, 10, "#"), mixed(89, 11, "#")),
                atMost("gopher_too_many_ellipsis", 0.1, mixed(91, 9, "..."), mixed(90, 10, "…"), mixed(89, 11, "...")),
                atMost("gopher_too_many_bullets", 0.9, lines(8, "- ", ""), lines(9, "• ", ""), lines(10, " - ", "")),
                atMost(
                        "gopher_too_many_end_ellipsis",
                        0.3,
                        lines(2, "", "..."),
                        lines(3, "", "… "),
                        lines(4, "", "... ")),
                atLeast(
                        "gopher_below_alpha_threshold",
                        0.8,
                        mixed(79, 21, "1234"),
                        mixed(80, 20, "1234"),
                        mixed(81, 19, "1234")),
                atLeast("gopher_enough_stop_words", 2, stops("that"), stops("that have"), stops("that have with")));
    }

    @Test
    void anEmptyTextIsMeasuredByEveryRule() {
        assertThat(rules(PUBLISHED, "")).isEqualTo(rules(PUBLISHED, words(100)));
    }

    @Test
    void theFirstRuleThatFailsIsTheReason() {
        assertThat(reason(PUBLISHED, "# # #")).isEqualTo("gopher_short_doc");
        assertThat(reason(PUBLISHED, "ab # ".repeat(60))).isEqualTo("gopher_below_avg_threshold");
        assertThat(reason(PUBLISHED, "abc # ... ".repeat(60))).isEqualTo("gopher_too_many_hashes");
        assertThat(reason(PUBLISHED, "abc ... ".repeat(60))).isEqualTo("gopher_too_many_ellipsis");
        assertThat(reason(PUBLISHED, "- 123 4567 89012 3456 7890 12345\n".repeat(20)))
                .isEqualTo("gopher_too_many_bullets");
        assertThat(reason(PUBLISHED, "123 4567 89012 3456 7890 12345\n".repeat(20)))
                .isEqualTo("gopher_below_alpha_threshold");
    }

    @Test
    void onlyWordsThatAreNotOfSignsAloneCount() {
        assertThat(value(PUBLISHED, "gopher_short_doc", "Well, (yes) -- 1st!")).isEqualTo(3);
        assertThat(value(PUBLISHED, "gopher_below_avg_threshold", "Well, (yes) -- 1st!"))
                .isEqualTo(10 / 3.0, within(1e-9));
    }

    @Test
    void everyWordCountsWhereSymbolsAndLettersAreComparedWithWords() {
        String text = "one # 2 , ... …"; // six words

        assertThat(value(PUBLISHED, "gopher_too_many_hashes", text)).isEqualTo(1 / 6.0, within(1e-9));
        assertThat(value(PUBLISHED, "gopher_too_many_ellipsis", text)).isEqualTo(2 / 6.0, within(1e-9));
        assertThat(value(PUBLISHED, "gopher_below_alpha_threshold", text)).isEqualTo(1 / 6.0, within(1e-9));
    }

    @Test
    void ellipsesDoNotOverlap() {
        assertThat(value(PUBLISHED, "gopher_too_many_ellipsis", "a .....")).isEqualTo(1 / 2.0, within(1e-9));
        assertThat(value(PUBLISHED, "gopher_too_many_ellipsis", "a ......")).isEqualTo(2 / 2.0, within(1e-9));
    }

    @Test
    void everyLineBreakOfUnicodeEndsALine() {
        assertThat(value(PUBLISHED, "gopher_too_many_bullets", "-a\r\n-b\u2028c\u000bd\n"))
                .isEqualTo(0.5, within(1e-9));
    }

    @Test
    void lengthsAreInCodePoints() {
        assertThat(value(PUBLISHED, "gopher_below_avg_threshold", "𝒶𝒷𝒸 ab")).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void stopWordsAreDifferentOnesInSmallLetters() {
        assertThat(value(PUBLISHED, "gopher_enough_stop_words", "the the the The BE to"))
                .isEqualTo(2);
        assertThat(value(PUBLISHED, "gopher_enough_stop_words", String.join(" ", STOP_WORDS)))
                .isEqualTo(8);
    }

    /** So many words of four letters. */
    private static String words(int count) {
        return "the have" + " word".repeat(count - 2);
    }

    /** Fifty words with so many letters together. */
    private static String lengths(int letters) {
        StringBuilder text = new StringBuilder("the of");
        int rest = letters - 5;
        for (int left = 48; left > 0; left--) {
            int length = rest / left;
            text.append(' ').append("x".repeat(length));
            rest -= length;
        }
        return text.toString();
    }

    /** So many words in one line, and among them something else so many times. */
    private static String mixed(int words, int others, String other) {
        return words(words - 1) + (" " + other).repeat(others) + " end";
    }

    /** Ten lines, of which so many begin and end with something. */
    private static String lines(int count, String begin, String end) {
        String words = "the have word word word word word word word word";
        return (begin + words + end + "\n").repeat(count) + (words + "\n").repeat(10 - count);
    }

    /** Sixty words with these stop words. */
    private static String stops(String stopWords) {
        return stopWords + " word".repeat(60);
    }
}
