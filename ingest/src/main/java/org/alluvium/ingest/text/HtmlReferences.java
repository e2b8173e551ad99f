package org.alluvium.ingest.text;

import org.jsoup.nodes.Entities;

/**
 * Character references of HTML that were left in a text, such as that of a space that does not break, with their semicolon. They
 * are resolved only in a text that has been escaped as a whole: one with no tag in it, in which at least one reference touches
 * a letter, a digit or another reference on both sides, as no text does that writes about references.
 */
final class HtmlReferences {

    private static final int LONGEST = 32;

    private final String text;
    private final StringBuilder out;
    private long resolved;
    private boolean glued;

    private HtmlReferences(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    /**
     * A text and how many references were resolved in it.
     *
     * @param count 0 if the text is as it was
     */
    record Resolved(String text, long count) {}

    static Resolved resolve(String text) {
        if (hasTag(text)) {
            return new Resolved(text, 0);
        }
        HtmlReferences references = new HtmlReferences(text);
        references.run();
        return references.glued ? new Resolved(references.out.toString(), references.resolved) : new Resolved(text, 0);
    }

    private static boolean hasTag(String text) {
        for (int at = text.indexOf('<'); at >= 0 && at + 1 < text.length(); at = text.indexOf('<', at + 1)) {
            char next = text.charAt(at + 1);
            if (isAsciiLetter(next) || next == '/' || next == '!') {
                return true;
            }
        }
        return false;
    }

    private void run() {
        int i = 0;
        int lastEnd = -1;
        while (i < text.length()) {
            int ampersand = text.indexOf('&', i);
            if (ampersand < 0) {
                break;
            }
            int semicolon = semicolonAfter(ampersand);
            String meaning = semicolon < 0 ? "" : meaning(ampersand + 1, semicolon);
            if (meaning.isEmpty()) {
                out.append(text, i, ampersand + 1);
                i = ampersand + 1;
            } else {
                out.append(text, i, ampersand).append(meaning);
                resolved++;
                boolean before = ampersand == lastEnd
                        || (ampersand > 0 && Character.isLetterOrDigit(text.charAt(ampersand - 1)));
                glued |= before && isGluedBehind(semicolon + 1);
                i = semicolon + 1;
                lastEnd = i;
            }
        }
        out.append(text, i, text.length());
    }

    private boolean isGluedBehind(int index) {
        return index < text.length() && (Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '&');
    }

    private int semicolonAfter(int ampersand) {
        int end = Math.min(text.length(), ampersand + LONGEST);
        for (int i = ampersand + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == ';') {
                return i;
            }
            if (!isAsciiLetter(c) && !(c >= '0' && c <= '9') && c != '#') {
                return -1;
            }
        }
        return -1;
    }

    /** What the name or number between two indexes stands for; empty if for nothing. */
    private String meaning(int start, int end) {
        if (start < end && text.charAt(start) == '#') {
            return numbered(start + 1, end);
        }
        return Entities.getByName(text.substring(start, end));
    }

    private String numbered(int start, int end) {
        boolean hexadecimal = start < end && (text.charAt(start) == 'x' || text.charAt(start) == 'X');
        int from = hexadecimal ? start + 1 : start;
        if (from == end || end - from > 7) {
            return "";
        }
        int value = 0;
        for (int i = from; i < end; i++) {
            int digit = Character.digit(text.charAt(i), hexadecimal ? 16 : 10);
            if (digit < 0) {
                return "";
            }
            value = value * (hexadecimal ? 16 : 10) + digit;
        }
        if (value >= 0x80 && value < 0xA0) {
            return String.valueOf(Windows1252.charOf(value)); // as HTML has it
        }
        boolean character =
                value >= ' ' && Character.isDefined(value) && Character.getType(value) != Character.SURROGATE;
        return character || value == '\n' || value == '\t' ? Character.toString(value) : "";
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
