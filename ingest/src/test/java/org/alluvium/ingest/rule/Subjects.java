package org.alluvium.ingest.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/** Texts to judge, and what came of it. */
final class Subjects {

    static final String KEPT = "kept";

    private Subjects() {}

    static Subject english(String text) {
        return of("en", text);
    }

    static Subject of(String language, String text) {
        return Subject.of(
                new Document("id", "source", "file@0", Optional.empty(), text, 0, Optional.of(language), Map.of()));
    }

    /** The reason for which a filter drops an English text, or {@link #KEPT}. */
    static String reason(Filter filter, String text) {
        return filter.judge(english(text)) instanceof Decision.Drop drop ? drop.reason() : KEPT;
    }

    /** What a filter measures in an English text for one rule. */
    static double value(Filter filter, String rule, String text) {
        return filter.examine(english(text)).stream()
                .filter(finding -> finding.rule().equals(rule))
                .mapToDouble(Finding::value)
                .findFirst()
                .orElseThrow();
    }

    /** The rules that a filter measures, in their order. */
    static List<String> rules(Filter filter, String text) {
        return filter.examine(english(text)).stream().map(Finding::rule).toList();
    }

    /** What a filter makes of an English text that it keeps. */
    static String changed(Filter filter, String text) {
        Decision decision = filter.judge(english(text));
        if (decision instanceof Decision.Drop drop) {
            throw new AssertionError("dropped: " + drop);
        }
        return decision instanceof Decision.Change change ? change.subject().text() : text;
    }
}
