package org.alluvium.ingest.mark;

import java.nio.charset.StandardCharsets;

/**
 * The tags of {@code page} elements in a dump of MediaWiki. In text an angle bracket is always escaped, so wherever the
 * bytes of such a tag stand, they are one.
 *
 * @see <a href="https://www.mediawiki.org/wiki/Help:Export">the export format</a>
 */
final class PageMarks implements Marks {

    private static final byte[] BEGIN = "<page>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "</page>".getBytes(StandardCharsets.US_ASCII);

    private static final String DUMP = "<mediawiki";
    private static final String DUMP_END = "</mediawiki>";
    private static final String SITE_END = "</siteinfo>";

    /** Right behind the end of a page, what is no page may begin. */
    @Override
    public int lookBehind() {
        return END.length;
    }

    @Override
    public int longest() {
        return END.length;
    }

    @Override
    public Mark find(byte[] bytes, int from, int to, int limit) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != '<') {
                continue;
            }
            if (Ascii.startsWith(bytes, at, limit, BEGIN)) {
                return new Mark(at, BEGIN.length, true);
            }
            if (Ascii.startsWith(bytes, at, limit, END)) {
                return new Mark(at, END.length, false);
            }
        }
        return null;
    }

    /** White space, the dump's own beginning with what it says about the wiki, and its end. */
    @Override
    public boolean isFiller(byte[] bytes) {
        if (Ascii.isBlank(bytes)) {
            return true;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        int dump = text.indexOf(DUMP);
        return dump < 0
                ? text.equals(DUMP_END)
                : text.endsWith(SITE_END) || text.endsWith(DUMP_END) || text.indexOf('>', dump) == text.length() - 1;
    }

    /** A page that the dump ended in has no end. */
    @Override
    public boolean isWhole(byte[] record) {
        return false;
    }
}
