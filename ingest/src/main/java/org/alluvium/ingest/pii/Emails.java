package org.alluvium.ingest.pii;

import java.util.Locale;
import java.util.Set;
import org.alluvium.ingest.pii.span.Chars;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;

/**
 * Mail addresses: the dot-atom form of RFC 5322 with a host name of at least two labels, the last of letters. Quoted local
 * parts, address literals and letters outside of ASCII are not found, since in running text they hardly occur.
 */
final class Emails {

    private static final String LOCAL_SIGNS = ".!#$%&'*+/=?^_`{|}~-";
    private static final int MOST_LOCAL = 64;
    private static final int MOST_LABEL = 63;
    private static final int MOST_TOP_LABEL = 24;

    /** Endings that follow an @ in names of files and units, and of hosts that no mail reaches from outside. */
    private static final Set<String> NOT_MAIL = Set.of(
            "png",
            "jpg",
            "jpeg",
            "gif",
            "svg",
            "webp",
            "ico",
            "css",
            "js",
            "ts",
            "json",
            "html",
            "htm",
            "php",
            "xml",
            "yaml",
            "yml",
            "service",
            "socket",
            "timer",
            "target",
            "mount",
            "device",
            "slice",
            "local",
            "localhost",
            "localdomain");

    private Emails() {}

    /** The address around an @, or null if there is none. */
    static PiiSpan around(char[] text, int at) {
        int start = localStart(text, at);
        int end = domainEnd(text, at + 1);
        return start < at && end > at + 1 ? PiiSpan.of(start, end, PiiType.EMAIL) : null;
    }

    private static int localStart(char[] text, int at) {
        int start = at;
        while (start > 0 && at - start < MOST_LOCAL && isLocal(text[start - 1])) {
            start--;
        }
        if (start > 0 && text[start - 1] < 0x250 && Chars.joins(text[start - 1])) {
            return at; // a longer local part, or one with letters that an address cannot have
        }
        // What stands before a letter or digit is punctuation of the sentence, and so is all up to the last of these
        for (int i = start; i < at; i++) {
            if ("=/|`{}?&!".indexOf(text[i]) >= 0) {
                start = i + 1;
            }
        }
        while (start < at && !Chars.isAlphanumeric(text[start])) {
            start++;
        }
        boolean dotted = at > start && text[at - 1] == '.';
        return dotted || hasTwoDots(text, start, at) ? at : start;
    }

    private static boolean hasTwoDots(char[] text, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (text[i] == '.' && text[i - 1] == '.') {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocal(char c) {
        return Chars.isAlphanumeric(c) || LOCAL_SIGNS.indexOf(c) >= 0;
    }

    /** First index behind the host name, or the start if there is none. */
    private static int domainEnd(char[] text, int start) {
        int end = start;
        int labels = 0;
        int top = start;
        int i = start;
        while (true) {
            int labelEnd = labelEnd(text, i);
            if (labelEnd == i || labelEnd - i > MOST_LABEL) {
                break;
            }
            labels++;
            top = i;
            end = labelEnd;
            if (Chars.at(text, labelEnd) != '.') {
                break;
            }
            i = labelEnd + 1;
        }
        return labels >= 2 && isTop(text, top, end) ? end : start;
    }

    private static int labelEnd(char[] text, int start) {
        int end = start;
        while (end < text.length && (Chars.isAlphanumeric(text[end]) || (text[end] == '-' && end > start))) {
            end++;
        }
        while (end > start && text[end - 1] == '-') {
            end--;
        }
        return end;
    }

    private static boolean isTop(char[] text, int start, int end) {
        if (end - start < 2 || end - start > MOST_TOP_LABEL || Chars.joins(Chars.at(text, end))) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!Chars.isAsciiLetter(text[i])) {
                return false;
            }
        }
        return !NOT_MAIL.contains(new String(text, start, end - start).toLowerCase(Locale.ROOT));
    }
}
