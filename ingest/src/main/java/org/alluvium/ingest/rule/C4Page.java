package org.alluvium.ingest.rule;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.config.C4QualityConfig;
import org.alluvium.contracts.config.C4QualityConfig.Unit;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.rule.C4Line.Fate;
import org.alluvium.ingest.words.Sentences;
import org.alluvium.ingest.words.WordSplitter;
import org.alluvium.ingest.words.Words;

/** One page on its way through the rules for its lines, one after the other. */
final class C4Page {

    private final C4QualityConfig config;
    private final Subject subject;
    private final Pieces lines;

    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final StringBuilder kept = new StringBuilder();
    private int sentences;
    private long cited;
    private int word; // the first that no line before has had

    C4Page(C4QualityConfig config, Subject subject) {
        this.config = config;
        this.subject = subject;
        this.lines = config.unit() == Unit.LINES ? Pieces.lines(subject.text()) : Pieces.sentences(subject.words());
    }

    /**
     * Goes through the lines.
     *
     * @param whole whether to go on behind a line for which the page is dropped
     * @return this
     */
    C4Page read(boolean whole) {
        String separator = config.unit() == Unit.LINES ? "\n" : " ";
        for (int i = 0; i < lines.count(); i++) {
            Pieces.Span span = lines.stripped(i);
            String text = subject.text().substring(span.start(), span.end());
            C4Line line = C4Line.of(text, config);
            if (!text.isEmpty()) {
                fates.merge(line.fate(), 1L, Long::sum);
            }
            if (line.fate() == Fate.KEPT) {
                kept.append(kept.isEmpty() ? "" : separator).append(line.text());
                cited += line.text().length() == text.length() ? 0 : 1;
                sentences += config.unit() == Unit.LINES ? sentences(span, line.text()) : 1;
            } else if (!whole && (line.fate() == Fate.LOREM_IPSUM || line.fate() == Fate.CURLY_BRACKET)) {
                break;
            }
        }
        return this;
    }

    private int sentences(Pieces.Span span, String text) {
        if (text.length() < span.end() - span.start()) { // what was taken out may have been words
            Words words = WordSplitter.of(subject.language()).split(text);
            return Sentences.count(words, 0, words.count());
        }
        Words words = subject.words();
        while (word < words.count() && words.start(word) < span.start()) {
            word++;
        }
        int first = word;
        while (word < words.count() && words.end(word) <= span.end()) {
            word++;
        }
        return Sentences.count(words, first, word);
    }

    /** How many lines that are not blank met this fate. */
    long count(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** Sentences in the lines that were kept. */
    int sentences() {
        return sentences;
    }

    /** What is left of the text. */
    String text() {
        return kept.toString();
    }

    /** How many lines were cut by each rule, and how many have lost citation marks. */
    Map<String, Long> edits() {
        Map<String, Long> edits = new HashMap<>();
        fates.forEach((fate, count) -> {
            if (fate != Fate.KEPT) {
                edits.put(fate.name().toLowerCase(Locale.ROOT), count);
            }
        });
        if (cited > 0) {
            edits.put("citations", cited);
        }
        return edits;
    }
}
