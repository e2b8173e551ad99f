package org.alluvium.trainer.score;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model lost on texts, of all together and of parts of them.
 *
 * @param all of them
 * @param bySource those of each source
 * @param byLanguage those of each language; {@link #UNKNOWN_LANGUAGE} has those of which it is not known
 */
public record TextScores(
        TextScore all, SortedMap<String, TextScore> bySource, SortedMap<String, TextScore> byLanguage) {

    /** BCP 47's tag for a language that was not determined. */
    public static final String UNKNOWN_LANGUAGE = "und";

    /** Of no text. */
    public static final TextScores NONE =
            new TextScores(TextScore.NONE, Collections.emptySortedMap(), Collections.emptySortedMap());

    public TextScores {
        bySource = Collections.unmodifiableSortedMap(new TreeMap<>(bySource));
        byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    }
}
