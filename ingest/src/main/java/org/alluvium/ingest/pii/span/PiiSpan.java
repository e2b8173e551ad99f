package org.alluvium.ingest.pii.span;

/**
 * A place in a text that holds personal data or a secret.
 *
 * @param start index of its first UTF-16 unit
 * @param end first index behind it
 * @param kind what exactly it is, such as {@code us_ssn}; the label of the type where there is one kind only
 */
public record PiiSpan(int start, int end, PiiType type, String kind) {

    public PiiSpan {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("no span from " + start + " to " + end);
        }
    }

    public static PiiSpan of(int start, int end, PiiType type) {
        return new PiiSpan(start, end, type, type.label());
    }

    /** What the span holds. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
