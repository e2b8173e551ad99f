package org.alluvium.dashboard.corpus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Documents of some sources are trained on more or less often from here on.
 *
 * @param entry of the log whose documents are the first with the new weights
 * @param sources of which it is so
 */
public record MixtureChange(long entry, List<Source> sources) {

    public MixtureChange {
        sources = List.copyOf(sources);
    }

    /** How often documents of a source were trained on, and now are, on average. */
    public record Source(String name, double before, double now) {

        private String text() {
            return String.format(Locale.ROOT, "%s %s → %s", name, plain(before), plain(now));
        }

        private static String plain(double epochs) {
            return epochs == Math.rint(epochs) ? Long.toString(Math.round(epochs)) : Double.toString(epochs);
        }
    }

    /** In words: {@code web 1 → 2, books 1 → 0.5 epochs}. */
    public String text() {
        return sources.stream().map(Source::text).collect(Collectors.joining(", ")) + " epochs";
    }
}
