package org.alluvium.contracts.config;

import java.util.Optional;

/** The {@code fields} group of a source: which of a producer's fields are what. All others become attributes. */
public record FieldsConfig(
        @Key(doc = "Field that holds the text.", byDefault = "text")
        String text,

        @Key(
                doc = "Field that holds the document's id; without one it is derived from where the document was read.",
                byDefault = "id")
        String id,

        @Key(doc = "Field that holds the address it was published at.", byDefault = "url")
        String url,

        @Key(
                doc =
                        "Field that holds the event time, as ISO 8601 or milliseconds since the epoch; without one, the first that is"
                                + " there of eventTime, timestamp and date.",
                byDefault = "")
        Optional<String> time,

        @Key(doc = "Field that holds the language, a BCP 47 tag.", byDefault = "language")
        String language) {

    /** Every name as it is when nothing is configured. */
    public static final FieldsConfig DEFAULT = new FieldsConfig("text", "id", "url", Optional.empty(), "language");
}
