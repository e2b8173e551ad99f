package org.alluvium.ingest.pii.span;

import java.util.Locale;

/** What is looked for. The name in lower case stands in counts and placeholders. */
public enum PiiType {
    EMAIL,
    PHONE,
    /** Public addresses only: private, reserved and documentation ranges name nobody. */
    IPV4,
    /** As {@link #IPV4}. */
    IPV6,
    /** International bank account numbers with a right check sum (ISO 13616). */
    IBAN,
    /** Payment card numbers of a known issuer with a right check digit (ISO/IEC 7812). */
    CREDIT_CARD,
    /** Numbers that a state gives to a person. */
    NATIONAL_ID,
    /** Keys, tokens and passwords. */
    SECRET;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
