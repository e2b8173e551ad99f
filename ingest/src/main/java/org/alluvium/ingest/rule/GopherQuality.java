package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Measurement.share;

import java.util.HashSet;
import java.util.Set;
import org.alluvium.contracts.config.GopherQualityConfig;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.words.Words;

/**
 * Quality rules of Gopher: Rae et al., "Scaling Language Models" (2021), appendix A1.1, as FineWeb's pipeline applies them,
 * which counts punctuation among the words that symbols and letters are compared with, takes lines that begin with a hyphen
 * for bullets, and looks for different stop words. Where that divides by zero, the share is 0 here.
 */
public final class GopherQuality extends MeasuringFilter {

    private final GopherQualityConfig config;
    private final Set<String> stopWords;
    private final int longestStopWord;

    public GopherQuality(GopherQualityConfig config) {
        this.config = config;
        this.stopWords = Set.copyOf(config.stopWords());
        this.longestStopWord =
                config.stopWords().stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public String name() {
        return "gopher_quality";
    }

    @Override
    Measurement measure(Subject subject, boolean whole) {
        Measurement measurement = new Measurement(whole);
        WordCounts counts = WordCounts.of(subject.words());
        if (!words(counts, measurement)
                && !symbols(subject.text(), counts, measurement)
                && !lines(subject.text(), measurement)
                && !measurement.atLeast(
                        "gopher_below_alpha_threshold",
                        share(counts.alphabetic, counts.all),
                        config.minAlphabeticWords())) {
            measurement.atLeast("gopher_enough_stop_words", stopWords(subject.words()), config.minStopWords());
        }
        return measurement;
    }

    private boolean words(WordCounts counts, Measurement measurement) {
        double mean = share(counts.codePoints, counts.proper);
        return measurement.atLeast("gopher_short_doc", counts.proper, config.minWords())
                || measurement.atMost("gopher_long_doc", counts.proper, config.maxWords())
                || measurement.atLeast("gopher_below_avg_threshold", mean, config.minMeanWordLength())
                || measurement.atMost("gopher_above_avg_threshold", mean, config.maxMeanWordLength());
    }

    private boolean symbols(String text, WordCounts counts, Measurement measurement) {
        return measurement.atMost("gopher_too_many_hashes", share(count(text, "#"), counts.all), config.maxHashes())
                || measurement.atMost(
                        "gopher_too_many_ellipsis",
                        share(count(text, "...") + count(text, "…"), counts.all),
                        config.maxEllipses());
    }

    /** How often one text is in another, where no two overlap. */
    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private boolean lines(String text, Measurement measurement) {
        Pieces lines = Pieces.lines(text);
        int bullets = 0;
        int ellipses = 0;
        for (int i = 0; i < lines.count(); i++) {
            Pieces.Span line = lines.stripped(i);
            if (!line.isEmpty()) {
                char first = text.charAt(line.start());
                bullets += first == '•' || first == '-' ? 1 : 0;
                ellipses += endsInEllipsis(text, line) ? 1 : 0;
            }
        }
        return measurement.atMost("gopher_too_many_bullets", share(bullets, lines.count()), config.maxBulletLines())
                || measurement.atMost(
                        "gopher_too_many_end_ellipsis", share(ellipses, lines.count()), config.maxEllipsisLines());
    }

    private static boolean endsInEllipsis(String text, Pieces.Span line) {
        return text.charAt(line.end() - 1) == '…'
                || (line.end() - line.start() > 2 && text.startsWith("...", line.end() - 3));
    }

    /** How many different stop words there are; for a verdict alone it would be enough to find as many as are demanded. */
    private int stopWords(Words words) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < words.count() && found.size() < stopWords.size(); i++) {
            if (words.end(i) - words.start(i) <= longestStopWord) {
                String word = words.word(i);
                if (stopWords.contains(word)) {
                    found.add(word);
                }
            }
        }
        return found.size();
    }

    /**
     * What words a text has.
     *
     * @param all every word, punctuation too
     * @param proper those that are not of signs alone
     * @param codePoints length of the proper ones
     * @param alphabetic those with a letter
     */
    private record WordCounts(int all, int proper, long codePoints, int alphabetic) {

        static WordCounts of(Words words) {
            String text = words.text();
            int proper = 0;
            long codePoints = 0;
            int alphabetic = 0;
            for (int i = 0; i < words.count(); i++) {
                boolean sign = true;
                boolean letter = false;
                for (int at = words.start(i); at < words.end(i) && !letter; ) {
                    int c = text.codePointAt(at);
                    at += Character.charCount(c);
                    letter = Characters.isLetter(c);
                    sign = sign && Characters.isSign(c);
                }
                proper += sign ? 0 : 1;
                codePoints += sign ? 0 : text.codePointCount(words.start(i), words.end(i));
                alphabetic += letter ? 1 : 0;
            }
            return new WordCounts(words.count(), proper, codePoints, alphabetic);
        }
    }
}
