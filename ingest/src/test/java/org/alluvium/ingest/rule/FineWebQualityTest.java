package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.reason;
import static org.alluvium.ingest.rule.Subjects.value;
import static org.alluvium.ingest.rule.Threshold.atLeast;
import static org.alluvium.ingest.rule.Threshold.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.FineWebQualityConfig;
import org.alluvium.ingest.filter.Filter;
import org.junit.jupiter.api.Test;

class FineWebQualityTest implements PublishedRules {

    private static final FineWebQuality PUBLISHED =
            new FineWebQuality(new FineWebQualityConfig(0.12, 0.67, 30, 0.01, 0.3));

    @Override
    public Filter published() {
        return PUBLISHED;
    }

    @Override
    public Filter switchedOff() {
        return new FineWebQuality(new FineWebQualityConfig(0, 0, 30, 0, 0));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(
                atLeast("line_punct_ratio", 0.12, sentences(2), sentences(3), sentences(4)),
                atMost("short_line_ratio", 0.67, shortLines(66), shortLines(67), shortLines(68)),
                atMost("char_dup_ratio", 0.01, duplicate(4001), duplicate(4000), duplicate(3999)),
                atMost("list_ratio", 0.3, thirtyBreaks(101), thirtyBreaks(100), thirtyBreaks(99)));
    }

    @Test
    void theFirstRuleThatFailsIsTheReason() {
        assertThat(reason(PUBLISHED, "a\na")).isEqualTo("line_punct_ratio");
        assertThat(reason(PUBLISHED, "a.\na.")).isEqualTo("short_line_ratio");
        assertThat(reason(PUBLISHED, "a line of more than thirty characters.\n".repeat(2)))
                .isEqualTo("char_dup_ratio");
    }

    @Test
    void aTextWithoutAnyLineIsDropped() {
        assertThat(reason(PUBLISHED, "")).isEqualTo("empty");
        assertThat(reason(PUBLISHED, " \n\u3000\n")).isEqualTo("empty");
    }

    @Test
    void blankLinesAreNoLinesButTheirLineFeedsCount() {
        String text = "one.\n\n \ntwo\n";

        assertThat(value(PUBLISHED, "line_punct_ratio", text)).isEqualTo(1 / 2.0, within(1e-9));
        assertThat(value(PUBLISHED, "list_ratio", text)).isEqualTo(4 / 3.0, within(1e-9));
    }

    @Test
    void marksOfEveryScriptEndSentencesUnlessASpaceFollows() {
        assertThat(value(PUBLISHED, "line_punct_ratio", "好。\nनमस्ते।\nma 𑅃\nend. \nquote.\""))
                .isEqualTo(3 / 5.0, within(1e-9));
    }

    @Test
    void duplicatesAreAShareOfTheTextWithoutLineFeeds() {
        assertThat(value(PUBLISHED, "char_dup_ratio", "ab\n\nab\ncd\nab")).isEqualTo(4 / 8.0, within(1e-9));
    }

    @Test
    void aLineIsShortUpToThirtyCharacters() {
        assertThat(value(PUBLISHED, "short_line_ratio", "𝒶".repeat(30) + "\n" + "a".repeat(31)))
                .isEqualTo(0.5, within(1e-9));
    }

    /** Twenty-five lines of which so many end as sentences. */
    private static String sentences(int count) {
        Filler filler = new Filler();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            lines.add(filler.text(8) + (i < count ? "." : ""));
        }
        return String.join("\n", lines);
    }

    /** A hundred lines of which so many are short. */
    private static String shortLines(int count) {
        Filler filler = new Filler();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(filler.text(i < count ? 5 : 6) + (i < count ? "!" : "?"));
        }
        return String.join("\n", lines);
    }

    /** A text of so many characters without line feeds of which forty are a line that stood there before. */
    private static String duplicate(int length) {
        Filler filler = new Filler();
        String line = filler.text(6) + filler.word(4) + '.';
        List<String> lines = new ArrayList<>(List.of(line, line));
        int rest = length - 80;
        while (rest > 100) {
            lines.add(filler.text(6) + filler.word(4) + '.');
            rest -= 40;
        }
        lines.add(filler.upTo(rest - 1, filler.text(6)) + '.');
        return String.join("\n", lines);
    }

    /** A text with so many words, of which four are full stops, and thirty line feeds. */
    private static String thirtyBreaks(int words) {
        Filler filler = new Filler();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            int inLine = i < 30 ? 3 : words - 4 - 90;
            lines.add(String.join(" ", filler.words(inLine, 12)) + (i < 4 ? "." : ""));
        }
        return String.join("\n", lines);
    }
}
