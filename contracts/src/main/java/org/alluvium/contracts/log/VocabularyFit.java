package org.alluvium.contracts.log;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How well the vocabulary fits what a commit brought, and whether that is what the corpus was like before. Each commit's follows from
 * the one before and its own documents, so the log is all that is needed to go on, and says the same to whoever reads it.
 *
 * <p>Documents are judged in stretches: as many commits as it takes to have enough tokens.
 *
 * @param documents those of this commit
 * @param stretch those of this commit and of all since the last that was judged; none if a stretch was judged at this commit
 * @param before those of all stretches that were judged, this commit's included if it was
 * @param departures what had left its band in the newest stretch that was judged
 * @param alerts those of them that began with this commit: what was in its band in the stretch before
 */
public record VocabularyFit(
        TextTokens documents,
        TextTokens stretch,
        TextTokens before,
        List<Departure> departures,
        List<Departure> alerts) {

    /** Of a corpus that has nothing yet. */
    public static final VocabularyFit NONE =
            new VocabularyFit(TextTokens.NONE, TextTokens.NONE, TextTokens.NONE, List.of(), List.of());

    public VocabularyFit {
        departures = List.copyOf(departures);
        alerts = List.copyOf(alerts);
    }

    /** What may leave its band. */
    public enum Figure {
        BYTES_PER_TOKEN("bytesPerToken"),
        FALLBACK_RATE("fallbackRate");

        private final String code;

        Figure(String code) {
            this.code = code;
        }

        /** As it is written in the log, in events and in metrics. */
        public String code() {
            return code;
        }

        /** The figure of a code; empty if there is none. */
        static Optional<Figure> of(String code) {
            return List.of(values()).stream()
                    .filter(figure -> figure.code.equals(code))
                    .findFirst();
        }
    }

    /**
     * A figure out of its band.
     *
     * @param value in the stretch
     * @param mean of everything before
     */
    public record Departure(Figure figure, double value, double mean) {

        /** In a sentence. */
        public String message() {
            String what = figure == Figure.BYTES_PER_TOKEN ? "bytes per token" : "the share of byte tokens";
            return String.format(
                    Locale.ROOT,
                    "%s left the band: %.4f, and %.4f in the corpus before; the vocabulary fits new documents differently",
                    what,
                    value,
                    mean);
        }
    }

    /** Whether this commit ended a stretch, which was then judged. */
    public boolean judged() {
        return documents.tokens() > 0 && stretch.tokens() == 0;
    }
}
