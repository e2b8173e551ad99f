package org.alluvium.ingest.record;

/**
 * The value of a named field of a record, in a format that has such.
 *
 * @param text the characters of a string, the decimal digits of an integer, otherwise what is to be kept as an attribute
 */
record FieldValue(Kind kind, String text) {

    /** What the mapping needs to know of a value's type. */
    enum Kind {
        STRING,
        INTEGER,
        TRUE,
        OTHER
    }

    static FieldValue string(String text) {
        return new FieldValue(Kind.STRING, text);
    }

    static FieldValue integer(long value) {
        return new FieldValue(Kind.INTEGER, Long.toString(value));
    }
}
