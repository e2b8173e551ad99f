package org.alluvium.ingest.filter;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.words.WordSplitter;
import org.alluvium.ingest.words.Words;

/**
 * A document under judgement, with what has been found out about it. What several filters need of a text is computed when
 * the first asks for it, and once. Not thread-safe.
 */
public final class Subject {

    private final Document document;
    private final OptionalDouble languageConfidence;
    private final OptionalDouble quality;

    private Words words;

    private Subject(Document document, OptionalDouble languageConfidence, OptionalDouble quality) {
        this.document = Objects.requireNonNull(document, "document");
        this.languageConfidence = languageConfidence;
        this.quality = quality;
    }

    /** A document of which nothing is known yet. */
    public static Subject of(Document document) {
        return new Subject(document, OptionalDouble.empty(), OptionalDouble.empty());
    }

    public Document document() {
        return document;
    }

    public String text() {
        return document.text();
    }

    /** BCP 47 tag: the producer's, until a filter has found out another. */
    public Optional<String> language() {
        return document.language();
    }

    /** How sure the language is, in [0, 1]; empty if no filter has looked. */
    public OptionalDouble languageConfidence() {
        return languageConfidence;
    }

    /** Score of the quality classifier in [0, 1]; empty if none has looked. */
    public OptionalDouble quality() {
        return quality;
    }

    /** The words of the text, as its language separates them. */
    public Words words() {
        if (words == null) {
            words = WordSplitter.of(language()).split(text());
        }
        return words;
    }

    /** The same document with another text. */
    public Subject withText(String text) {
        return new Subject(document.withText(text), languageConfidence, quality);
    }

    /** The same document in that language. */
    public Subject withLanguage(String language, double confidence) {
        return new Subject(document.withLanguage(language), OptionalDouble.of(confidence), quality);
    }

    /** The same document with that score of its quality; what was computed of the text is kept. */
    public Subject withQuality(double score) {
        Subject scored = new Subject(document, languageConfidence, OptionalDouble.of(score));
        scored.words = words;
        return scored;
    }
}
