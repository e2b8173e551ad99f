package org.alluvium.contracts.config;

import java.util.List;

/** The {@code filters.pii} group. */
public record PiiConfig(
        @Key(
                doc =
                        "What becomes of mail addresses: 'keep' leaves them, 'redact' puts a placeholder in their place, such as"
                                + " <email_1>, the same for the same value all through a document, 'mask' an asterisk in the place of"
                                + " every letter and digit, 'drop' drops the document. The next keys take the same.",
                byDefault = "keep")
        Action email,

        @Key(doc = "What becomes of telephone numbers.", byDefault = "keep")
        Action phone,

        @Key(doc = "What becomes of public IPv4 and IPv6 addresses.", byDefault = "keep")
        Action ip,

        @Key(doc = "What becomes of international bank account numbers (IBAN).", byDefault = "keep")
        Action iban,

        @Key(doc = "What becomes of payment card numbers.", byDefault = "keep")
        Action creditCard,

        @Key(doc = "What becomes of the numbers that states give to persons.", byDefault = "keep")
        Action nationalId,

        @Key(doc = "What becomes of keys, tokens and passwords.", byDefault = "keep")
        Action secret,

        @Key(
                doc =
                        "Countries whose national ids are looked for, by their two letters in lower case (ISO 3166-1). Empty is all"
                                + " that are known.",
                byDefault = "[]",
                example = "[us, cn, de]")
        List<String> countries,

        @Key(
                doc = "A document that holds more of all this than so many is dropped. 0 is no limit.",
                byDefault = "0",
                min = 0)
        int maxSpans) {

    public PiiConfig {
        countries = List.copyOf(countries);
    }

    /** What becomes of what is found. */
    public enum Action {
        KEEP,
        REDACT,
        MASK,
        DROP
    }
}
