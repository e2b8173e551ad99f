package org.alluvium.contracts.document;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One text on its way into the corpus.
 *
 * @param id stable across re-reads: given by the producer, otherwise derived from source and origin
 * @param source short name of where it came from; mixture weights are per source
 * @param origin exact place it was read from: {@code topic-partition@offset} or {@code file#record}
 * @param url address it was published at, if known
 * @param text the text itself
 * @param eventTimeMillis when it was published or, if that is unknown, when it arrived; milliseconds since the epoch
 * @param language BCP 47 tag, if known
 * @param attributes every field of the input that has no place above, by name
 */
public record Document(
        String id,
        String source,
        String origin,
        Optional<String> url,
        String text,
        long eventTimeMillis,
        Optional<String> language,
        Map<String, String> attributes) {

    public Document {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(text, "text");
        attributes = Map.copyOf(attributes);
    }

    /** The same document with another text. */
    public Document withText(String newText) {
        return new Document(id, source, origin, url, newText, eventTimeMillis, language, attributes);
    }

    /** The same document in another language. */
    public Document withLanguage(String tag) {
        return new Document(id, source, origin, url, text, eventTimeMillis, Optional.of(tag), attributes);
    }
}
