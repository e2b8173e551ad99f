package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Measurement.share;

import org.alluvium.contracts.config.FineWebQualityConfig;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.filter.Subject;

/**
 * FineWeb's own rules: Penedo et al., "The FineWeb Datasets" (2024), as its pipeline applies them; the paper says 0.1 for
 * {@code char_dup_ratio}, the pipeline 0.01. Lines are what stands between line feeds and is not blank; a text without any is
 * dropped as {@code empty}.
 */
public final class FineWebQuality extends MeasuringFilter {

    private final FineWebQualityConfig config;

    public FineWebQuality(FineWebQualityConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "fineweb_quality";
    }

    @Override
    Measurement measure(Subject subject, boolean whole) {
        Measurement measurement = new Measurement(whole);
        String text = subject.text();
        Pieces all = Pieces.betweenLineFeeds(text);
        Pieces lines = all.withoutBlank();
        if (lines.count() == 0) {
            measurement.atLeast("empty", 0, 1);
            return measurement;
        }
        int lineFeeds = all.count() - 1;
        int length = text.codePointCount(0, text.length()) - lineFeeds;
        if (!shape(text, lines, measurement)
                && !measurement.atMost(
                        "char_dup_ratio", share(lines.repeats().codePoints(), length), config.maxDuplicateChars())) {
            measurement.atMost("list_ratio", share(lineFeeds, subject.words().count()), config.maxLineBreaks());
        }
        return measurement;
    }

    private boolean shape(String text, Pieces lines, Measurement measurement) {
        int terminal = 0;
        int brief = 0;
        for (int i = 0; i < lines.count(); i++) {
            terminal += Characters.isTerminal(text.codePointBefore(lines.end(i))) ? 1 : 0;
            brief += lines.length(i) <= config.shortLineLength() ? 1 : 0;
        }
        return measurement.atLeast("line_punct_ratio", share(terminal, lines.count()), config.minTerminalLines())
                || measurement.atMost("short_line_ratio", share(brief, lines.count()), config.maxShortLines());
    }
}
