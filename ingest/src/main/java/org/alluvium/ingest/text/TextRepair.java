package org.alluvium.ingest.text;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.ingest.text.MisreadUtf8.Reread;

/**
 * Undoes what befell a text on its way, and brings it into {@linkplain Normalizer normal form}. In this order, each counted
 * under {@code repair.} and its name:
 *
 * <ol>
 *   <li>{@code reference}: character references of HTML that were left in a text.
 *   <li>{@code misread_utf8}: characters of UTF-8 that were read as Windows-1252 or ISO 8859-1, up to three times over.
 *   <li>{@code misread_gb18030}: characters of GB 18030 that were read as ISO 8859-1, if it was not UTF-8.
 *   <li>{@code windows_1252}: control characters from 0x80 to 0x9F that were letters and marks of Windows-1252; not 0x85,
 *       which is a line end.
 *   <li>{@code invisible}: characters without width that were strewn into words.
 *   <li>{@code surrogate}: halves of surrogate pairs, which become U+FFFD.
 *   <li>{@code control}, {@code white_space}: characters that the normal form has removed; {@code composition}: 1 if
 *       characters and their accents were joined.
 * </ol>
 *
 * What no longer says what it was stays: U+FFFD, and bytes that were lost. A text in which the signs of damage are few beside
 * those of the contrary is left alone; each of the classes that do the work says what it takes for which.
 */
public final class TextRepair {

    private static final int MOST_MISREADINGS = 3;
    private static final int AMPERSAND = 1;
    private static final int CONTROL = 2;
    private static final int LATIN = 4;
    private static final int INVISIBLE = 8;
    private static final int SURROGATE = 16;

    private static final char REPLACEMENT = '\uFFFD';

    private String text;
    private final Map<String, Long> edits = new TreeMap<>();

    private TextRepair(String text) {
        this.text = text;
    }

    /**
     * A text as it should have been.
     *
     * @param text in normal form; empty if nothing visible is left
     * @param edits how often what was changed; empty if nothing was
     */
    public record Repaired(String text, Map<String, Long> edits) {
        public Repaired {
            edits = Map.copyOf(edits);
        }
    }

    /** The text, repaired; repairing it again changes nothing but what had been escaped or misread more often still. */
    public static Repaired repair(String text) {
        TextRepair repair = new TextRepair(text);
        int signs = signs(text);
        if ((signs & AMPERSAND) != 0) {
            repair.resolveReferences();
            signs = repair.edits.isEmpty() ? signs : signs(repair.text);
        }
        if ((signs & (CONTROL | LATIN)) != 0) {
            repair.readAgain();
            repair.readControls();
            signs = repair.edits.isEmpty() ? signs : signs(repair.text);
        }
        if ((signs & INVISIBLE) != 0) {
            repair.removeInvisibles();
        }
        if ((signs & SURROGATE) != 0) {
            repair.replaceSurrogates();
        }
        repair.normalize();
        return new Repaired(repair.text, repair.edits);
    }

    /** What there is in a text that a step could have to do with: most texts are spared most steps. */
    private static int signs(String text) {
        int signs = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                signs |= sign(c);
            } else if (c == '&') {
                signs |= AMPERSAND;
            }
        }
        return signs;
    }

    private static int sign(char c) {
        if (c < 0x100) {
            return c < 0xA0 ? CONTROL : LATIN;
        }
        if (Character.isSurrogate(c)) {
            return SURROGATE;
        }
        return Invisibles.isInvisible(c) ? INVISIBLE : 0;
    }

    private void count(String edit, long times) {
        if (times > 0) {
            edits.merge("repair." + edit, times, Long::sum);
        }
    }

    private void resolveReferences() {
        HtmlReferences.Resolved resolved = HtmlReferences.resolve(text);
        text = resolved.text();
        count("reference", resolved.count());
    }

    private void readAgain() {
        Optional<Reread> reread = MisreadUtf8.reread(text);
        if (reread.isEmpty()) {
            MisreadGb18030.reread(text).ifPresent(found -> accept("misread_gb18030", found));
        }
        for (int i = 0; i < MOST_MISREADINGS && reread.isPresent(); i++) {
            accept("misread_utf8", reread.get());
            reread = MisreadUtf8.reread(text);
        }
    }

    private void accept(String edit, Reread reread) {
        text = reread.text();
        count(edit, reread.characters());
    }

    private void readControls() {
        StringBuilder out = null;
        long read = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && c < 0xA0 && c != '\u0085' && Windows1252.charOf(c) != c) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, Windows1252.charOf(c));
                read++;
            }
        }
        text = out == null ? text : out.toString();
        count("windows_1252", read);
    }

    private void removeInvisibles() {
        int before = text.length();
        text = Invisibles.remove(text);
        count("invisible", before - text.length());
    }

    private void replaceSurrogates() {
        StringBuilder out = null;
        long replaced = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, REPLACEMENT);
                replaced++;
            }
        }
        text = out == null ? text : out.toString();
        count("surrogate", replaced);
    }

    private void normalize() {
        String plain = Normalizer.replaceControls(text);
        String composed = Normalizer.compose(plain);
        String tidy = Normalizer.tidyWhiteSpace(composed);
        count("control", text.length() - plain.length());
        count("composition", composed.equals(plain) ? 0 : 1);
        count("white_space", composed.length() - tidy.length());
        text = tidy;
    }
}
