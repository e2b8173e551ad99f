package org.alluvium.bench.labelled;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;

/**
 * A document and the truth about it.
 *
 * @param text as it was crawled, damage included
 */
public record LabelledDocument(String id, String url, String date, String text, Truth truth) {

    /**
     * What is known of a document.
     *
     * @param label {@code clean}, {@code lowq} or {@code spam}
     * @param kind the label in more detail: {@code near_dup}, {@code spam_links}
     * @param lang BCP 47 tag; {@code und} where there is none to speak of, {@code mul} where there are several
     * @param damage how its encoding was damaged, if it was
     * @param pii what was planted in it
     * @param chars length of the text in code points
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Truth(
            String id,
            String label,
            String kind,
            String lang,
            List<String> langs,
            Optional<String> damage,
            List<Span> pii,
            int chars) {

        public Truth {
            langs = langs == null ? List.of() : List.copyOf(langs);
            damage = damage == null ? Optional.empty() : damage;
            pii = List.copyOf(pii);
        }

        public boolean clean() {
            return label.equals("clean");
        }
    }

    /**
     * Something planted in the text.
     *
     * @param type {@code email}, {@code cn_id}
     * @param start16 where it begins, in UTF-16 units
     * @param end16 the first index behind it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Span(String type, String value, int start16, int end16) {}
}
