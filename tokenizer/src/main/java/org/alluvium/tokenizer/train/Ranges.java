package org.alluvium.tokenizer.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Ranges of code points with a word for each, from a resource: first, last and word a line, in hexadecimal. Immutable. */
final class Ranges {

    /** No range. */
    static final int NONE = -1;

    private final int[] firsts;
    private final int[] lasts;
    private final String[] words;

    private Ranges(List<String[]> lines) {
        firsts = lines.stream().mapToInt(line -> Integer.parseInt(line[0], 16)).toArray();
        lasts = lines.stream().mapToInt(line -> Integer.parseInt(line[1], 16)).toArray();
        words = lines.stream().map(line -> line.length > 2 ? line[2] : "").toArray(String[]::new);
    }

    static Ranges load(String resource) {
        try (InputStream in = Ranges.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            return new Ranges(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " cannot be read", e);
        }
    }

    int size() {
        return firsts.length;
    }

    int first(int range) {
        return firsts[range];
    }

    int last(int range) {
        return lasts[range];
    }

    String word(int range) {
        return words[range];
    }

    /** The range that has a code point, or {@link #NONE}. */
    int of(int point) {
        int found = Arrays.binarySearch(firsts, point);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && point <= lasts[range] ? range : NONE;
    }
}
