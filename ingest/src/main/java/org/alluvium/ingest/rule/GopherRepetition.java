package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Measurement.share;

import org.alluvium.contracts.config.GopherRepetitionConfig;
import org.alluvium.ingest.filter.Subject;

/**
 * Repetition rules of Gopher: Rae et al., "Scaling Language Models" (2021), table A1, as FineWeb's pipeline applies them. Every
 * share but those of lines and paragraphs is of the length of the text, white space and all. An empty text, of which the
 * reference cannot make anything, is dropped as {@code empty}.
 */
public final class GopherRepetition extends MeasuringFilter {

    private static final int FIRST_TOP = 2;
    private static final int FIRST_REPEATED = 5;

    private final GopherRepetitionConfig config;
    private final double[] top;
    private final double[] repeated;

    public GopherRepetition(GopherRepetitionConfig config) {
        this.config = config;
        this.top = new double[] {config.maxTop2Gram(), config.maxTop3Gram(), config.maxTop4Gram()};
        this.repeated = new double[] {
            config.maxDuplicate5Grams(),
            config.maxDuplicate6Grams(),
            config.maxDuplicate7Grams(),
            config.maxDuplicate8Grams(),
            config.maxDuplicate9Grams(),
            config.maxDuplicate10Grams()
        };
    }

    @Override
    public String name() {
        return "gopher_repetition";
    }

    @Override
    Measurement measure(Subject subject, boolean whole) {
        Measurement measurement = new Measurement(whole);
        String text = subject.text();
        int length = text.codePointCount(0, text.length());
        if (length == 0) {
            measurement.atLeast("empty", 0, 1);
        } else if (!lines(text, length, measurement)) {
            words(subject, length, measurement);
        }
        return measurement;
    }

    private boolean lines(String text, int length, Measurement measurement) {
        Pieces paragraphs = Pieces.paragraphs(text);
        Pieces.Repeats twice = paragraphs.repeats();
        if (measurement.atMost(
                        "dup_para_frac", share(twice.pieces(), paragraphs.count()), config.maxDuplicateParagraphs())
                || measurement.atMost(
                        "dup_para_char_frac", share(twice.codePoints(), length), config.maxDuplicateParagraphChars())) {
            return true;
        }
        Pieces lines = Pieces.betweenRunsOfLineFeeds(text);
        twice = lines.repeats();
        return measurement.atMost("dup_line_frac", share(twice.pieces(), lines.count()), config.maxDuplicateLines())
                || measurement.atMost(
                        "dup_line_char_frac", share(twice.codePoints(), length), config.maxDuplicateLineChars());
    }

    private boolean words(Subject subject, int length, Measurement measurement) {
        NGrams nGrams = new NGrams(subject.words());
        for (int i = 0; i < top.length; i++) {
            int n = FIRST_TOP + i;
            if (measurement.atMost("top_" + n + "_gram", share(nGrams.top(n), length), top[i])) {
                return true;
            }
        }
        for (int i = 0; i < repeated.length; i++) {
            int n = FIRST_REPEATED + i;
            if (measurement.atMost("duplicated_" + n + "_n_grams", share(nGrams.repeated(n), length), repeated[i])) {
                return true;
            }
        }
        return false;
    }
}
