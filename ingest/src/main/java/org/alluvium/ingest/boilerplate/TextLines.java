package org.alluvium.ingest.boilerplate;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.text.Normalizer;

/** The lines of a text as they are compared, and the text without some of them. */
public final class TextLines {

    /** The hash of every line that is nobody's boilerplate, since it has no letter: a blank one, a number, a bracket. */
    public static final long NONE = 0;

    private static final Hasher64 HASH = Hashing.xxh3_64();

    private TextLines() {}

    /**
     * A line as it is compared.
     *
     * @param hash of the line without the white space around it; frozen, since sketches remember it
     * @param length in characters
     */
    public record Line(long hash, int length) {}

    /** Every line of a text. */
    public static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : lines(text)) {
            String bare = line.strip();
            long hash = bare.codePoints().anyMatch(Characters::isLetter)
                    ? HASH.hashBytesToLong(bare.getBytes(StandardCharsets.UTF_8))
                    : NONE;
            lines.add(new Line(hash, bare.length()));
        }
        return lines;
    }

    /**
     * The text without those lines, in its normal form. A text of which nothing would be left stays as it is: whether it is
     * worth keeping is for others to say.
     *
     * @param cut indexes into {@link #of}
     */
    public static String without(String text, Set<Integer> cut) {
        String[] lines = lines(text);
        StringBuilder left = new StringBuilder(text.length());
        for (int i = 0; i < lines.length; i++) {
            if (!cut.contains(i)) {
                left.append(lines[i]).append('\n');
            }
        }
        String normal = Normalizer.normalize(left.toString());
        return normal.isEmpty() ? text : normal;
    }

    private static String[] lines(String text) {
        return text.split("\n", -1);
    }
}
