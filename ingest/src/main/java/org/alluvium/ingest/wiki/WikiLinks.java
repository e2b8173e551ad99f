package org.alluvium.ingest.wiki;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Links of a wikitext: what a reader sees of them. */
final class WikiLinks {

    private static final Set<String> MEDIA = Set.of(
            "jpg", "jpeg", "png", "gif", "svg", "tif", "tiff", "webp", "xcf", "bmp", "ogg", "oga", "ogv", "opus", "mp3",
            "mp4", "wav", "flac", "webm", "mid", "midi", "mpg", "mpeg", "pdf", "djvu", "stl");

    /** Namespaces that show nothing where they are linked, by the names that every wiki knows. */
    private static final Set<String> HIDDEN = Set.of("file", "image", "media", "category");

    /** No title is longer; keeps the time in proportion to the text. */
    private static final int MAX_TARGET = 1000;

    private static final List<String> PROTOCOLS = List.of("http://", "https://", "//", "ftp://", "mailto:", "news:");

    private WikiLinks() {}

    /** Where the address that begins there ends, or -1 if none begins there. */
    static int addressEnd(String text, int from) {
        for (String protocol : PROTOCOLS) {
            if (text.regionMatches(true, from, protocol, 0, protocol.length())) {
                int end = from + protocol.length();
                while (end < text.length() && " \t\n[]<>\"".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                return end;
            }
        }
        return -1;
    }

    /**
     * Edits a link inside the wiki.
     *
     * @param start of its opening brackets
     * @param label where the label begins, behind the bar; 0 if it has none
     * @param close of its closing brackets
     */
    static void edit(String text, int start, int label, int close, WikiEdits edits) {
        int targetEnd = label > 0 ? label - 1 : close;
        if (isHidden(text, start, targetEnd, close + 2)) {
            edits.cut(start, close + 2);
            return;
        }
        int visible = label > 0 ? label : start + 2;
        if (label == 0 && visible < close && text.charAt(visible) == ':') {
            visible++;
        }
        edits.cut(start, visible);
        edits.cut(close, close + 2);
    }

    private static boolean isHidden(String text, int start, int targetEnd, int end) {
        if (targetEnd - start > MAX_TARGET) {
            return false;
        }
        String target = text.substring(start + 2, targetEnd);
        int colon = target.indexOf(':');
        if (colon <= 0) {
            return false;
        }
        String namespace = target.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        return HIDDEN.contains(namespace)
                || isMedia(target)
                || (!target.startsWith(" ", colon + 1) && isAloneOnItsLine(text, start, end));
    }

    private static boolean isMedia(String target) {
        int dot = target.lastIndexOf('.');
        return dot >= 0 && MEDIA.contains(target.substring(dot + 1).strip().toLowerCase(Locale.ROOT));
    }

    /** So stand categories and links to other languages; a title with a colon in it has a blank behind that. */
    private static boolean isAloneOnItsLine(String text, int start, int end) {
        return (start == 0 || text.charAt(start - 1) == '\n')
                && (end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r');
    }
}
