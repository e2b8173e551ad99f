package org.alluvium.tokenizer.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The script of a character (UAX 24), in Unicode 9.0.0 whatever the JVM: SentencePiece's trainer goes by that version, and where
 * words are cut must not depend on the machine. Made by {@code tokenizer/make-scripts.sh}.
 */
final class Scripts {

    /** What no script is named for: digits, punctuation, symbols, and what is not assigned. */
    static final int COMMON = 0;

    /** Marks that take the script of what is before them. */
    static final int INHERITED = 1;

    /** Chinese characters, and with them here the Japanese syllables, which are written among them. */
    static final int HAN = 2;

    private static final String RESOURCE = "scripts-9.0.0.txt";
    private static final int PROLONGED_SOUND_MARK = 0x30FC;
    private static final Scripts INSTANCE = load();

    private final int[] firsts;
    private final int[] lasts;
    private final int[] scripts;

    private Scripts(List<int[]> ranges) {
        firsts = ranges.stream().mapToInt(range -> range[0]).toArray();
        lasts = ranges.stream().mapToInt(range -> range[1]).toArray();
        scripts = ranges.stream().mapToInt(range -> range[2]).toArray();
    }

    /** A number for the script of a code point. */
    static int of(int point) {
        if (point == PROLONGED_SOUND_MARK) {
            return HAN;
        }
        int found = Arrays.binarySearch(INSTANCE.firsts, point);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && point <= INSTANCE.lasts[range] ? INSTANCE.scripts[range] : COMMON;
    }

    private static Scripts load() {
        Map<String, Integer> numbers =
                new HashMap<>(Map.of("Inherited", INHERITED, "Han", HAN, "Hiragana", HAN, "Katakana", HAN));
        List<int[]> ranges = new ArrayList<>();
        try (InputStream in = Scripts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split(" ", -1);
                    int script = numbers.computeIfAbsent(fields[2], name -> numbers.size());
                    ranges.add(new int[] {Integer.parseInt(fields[0], 16), Integer.parseInt(fields[1], 16), script});
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
        }
        return new Scripts(ranges);
    }
}
