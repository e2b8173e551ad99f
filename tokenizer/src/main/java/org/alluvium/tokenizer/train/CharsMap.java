package org.alluvium.tokenizer.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Rules that rewrite text before it is segmented: a sequence of characters becomes another, the longest that fits first.
 * Immutable.
 *
 * <p>The precompiled form, which a model carries and SentencePiece reads: the length of the trie in bytes (32 bits, little
 * endian), the trie ({@link DoubleArray}, from UTF-8 to an offset), and all replacements in UTF-8, each ended by a zero byte.
 *
 * <p>The readable form has a rule a line: code points in hexadecimal with spaces between them, a tab, those of the replacement
 * (none: the sequence is removed), and whatever one likes behind another tab.
 */
public final class CharsMap {

    /** SentencePiece looks at so many rules that fit where it stands. */
    private static final int MAX_PREFIXES = 32;

    private final SortedMap<String, String> rules;

    private CharsMap(SortedMap<String, String> rules) {
        this.rules = Collections.unmodifiableSortedMap(rules);
    }

    /**
     * The rules of a name.
     *
     * @throws ConfigException if there are none of that name
     */
    public static CharsMap named(String name) {
        return new CharsMap(NamedRules.of(name));
    }

    /**
     * Rules from a file in the readable form.
     *
     * @throws UnavailableException if there is no such file
     * @throws DataException if a line is not a rule
     */
    public static CharsMap load(Path file) {
        SortedMap<String, String> rules = new TreeMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UnavailableException(
                    "the normalization rules cannot be read (" + e + ")",
                    file.toString(),
                    "Name a file with a rule a line: code points, tab, code points.",
                    e);
        }
        for (int i = 0; i < lines.size(); i++) {
            addRule(lines.get(i), file + ":" + (i + 1), rules);
        }
        return new CharsMap(rules);
    }

    /**
     * The rules in a precompiled form.
     *
     * @throws DataException if it is damaged
     */
    public static CharsMap decompile(byte[] compiled) {
        SortedMap<String, String> rules = new TreeMap<>();
        if (compiled.length > 0) {
            new Compiled(compiled).collect(rules);
        }
        return new CharsMap(rules);
    }

    /** The rules: sequence and replacement. */
    public SortedMap<String, String> rules() {
        return rules;
    }

    /** The precompiled form; empty where there are no rules. */
    public byte[] compile() {
        if (rules.isEmpty()) {
            return new byte[0];
        }
        Map<String, Integer> offsets = new HashMap<>();
        ByteArrayOutputStream replacements = new ByteArrayOutputStream();
        for (String replacement : rules.values()) {
            if (offsets.putIfAbsent(replacement, replacements.size()) == null) {
                replacements.writeBytes(replacement.getBytes(StandardCharsets.UTF_8));
                replacements.write(0);
            }
        }
        List<Map.Entry<byte[], Integer>> entries = new ArrayList<>();
        rules.forEach((from, to) -> entries.add(Map.entry(from.getBytes(StandardCharsets.UTF_8), offsets.get(to))));
        entries.sort((a, b) -> Arrays.compareUnsigned(a.getKey(), b.getKey()));
        int[] units = DoubleArray.build(
                entries.stream().map(Map.Entry::getKey).toList(),
                entries.stream().mapToInt(Map.Entry::getValue).toArray());
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * units.length + replacements.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4 * units.length);
        for (int unit : units) {
            out.putInt(unit);
        }
        return out.put(replacements.toByteArray()).array();
    }

    /** The readable form, in the order of code points. */
    public String toTsv() {
        StringBuilder out = new StringBuilder();
        rules.forEach(
                (from, to) -> out.append(hex(from)).append('\t').append(hex(to)).append('\n'));
        return out.toString();
    }

    private static String hex(String text) {
        List<String> points = text.codePoints().mapToObj("%X"::formatted).toList();
        return String.join(" ", points);
    }

    private static void addRule(String line, String where, SortedMap<String, String> rules) {
        String[] fields = line.split("\t", -1);
        String from = points(fields[0], where);
        String to = fields.length > 1 ? points(fields[1], where) : "";
        if (from.isEmpty() || (from + to).indexOf(0) >= 0) {
            throw notARule(line, where, null);
        }
        rules.put(from, to);
        int prefixes = 0;
        for (int end = 1; end <= from.length(); end++) {
            prefixes += rules.containsKey(from.substring(0, end)) ? 1 : 0;
        }
        if (prefixes >= MAX_PREFIXES) {
            throw new DataException(
                    "more than " + (MAX_PREFIXES - 1) + " rules begin alike",
                    where,
                    "Write fewer rules that are prefixes of others.");
        }
    }

    private static String points(String field, String where) {
        StringBuilder text = new StringBuilder();
        for (String point : field.trim().split(" +", -1)) {
            if (!point.isEmpty()) {
                try {
                    text.appendCodePoint(Integer.parseInt(point.startsWith("U+") ? point.substring(2) : point, 16));
                } catch (IllegalArgumentException e) {
                    throw notARule(field, where, e);
                }
            }
        }
        return text.toString();
    }

    private static DataException notARule(String line, String where, Throwable cause) {
        return new DataException(
                "'" + line + "' is not a rule",
                where,
                "Write code points in hexadecimal with spaces between them, a tab, and those of the replacement.",
                cause);
    }

    /** A precompiled form, opened. */
    static final class Compiled {

        private final int[] units;
        private final byte[] replacements;

        Compiled(byte[] compiled) {
            ByteBuffer in = ByteBuffer.wrap(compiled).order(ByteOrder.LITTLE_ENDIAN);
            int trieBytes = compiled.length < 4 ? -1 : in.getInt();
            if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes >= compiled.length - 4) {
                throw damaged("the trie of " + trieBytes + " bytes does not fit into " + compiled.length);
            }
            units = new int[trieBytes / 4];
            in.asIntBuffer().get(units);
            replacements = Arrays.copyOfRange(compiled, 4 + trieBytes, compiled.length);
        }

        /**
         * The longest rule that fits at {@code at}: its length in bytes in the upper half and the offset of the replacement in the
         * lower, or -1.
         */
        long longest(byte[] text, int at, int end) {
            long found = -1;
            int node = offsetOf(0);
            for (int i = at; i < end; i++) {
                int label = text[i] & 0xFF;
                node ^= label;
                if (node >= units.length || DoubleArray.label(units[node]) != label) {
                    return found;
                }
                int unit = units[node];
                node ^= DoubleArray.offset(unit);
                if (DoubleArray.hasValue(unit)) {
                    found = ((long) (i + 1 - at) << 32) | valueAt(node);
                }
            }
            return found;
        }

        /** Length in bytes of the replacement at an offset. */
        int length(int offset) {
            int end = offset;
            while (end < replacements.length && replacements[end] != 0) {
                end++;
            }
            return end - offset;
        }

        byte[] replacements() {
            return replacements;
        }

        void collect(SortedMap<String, String> rules) {
            collect(offsetOf(0), new byte[64], 0, rules);
        }

        private void collect(int base, byte[] key, int length, SortedMap<String, String> rules) {
            if (length == key.length) {
                throw damaged("a rule is longer than " + length + " bytes");
            }
            for (int label = 1; label < 256; label++) {
                int node = base ^ label;
                if (node < units.length && DoubleArray.label(units[node]) == label) {
                    key[length] = (byte) label;
                    int below = node ^ DoubleArray.offset(units[node]);
                    if (DoubleArray.hasValue(units[node])) {
                        int offset = valueAt(below);
                        rules.put(
                                new String(key, 0, length + 1, StandardCharsets.UTF_8),
                                new String(replacements, offset, length(offset), StandardCharsets.UTF_8));
                    }
                    collect(below, key, length + 1, rules);
                }
            }
        }

        private int offsetOf(int node) {
            return DoubleArray.offset(units[node]);
        }

        private int valueAt(int node) {
            int value = node < units.length ? DoubleArray.value(units[node]) : -1;
            if (value < 0 || value >= replacements.length) {
                throw damaged("a rule leads to " + value + ", where no replacement is");
            }
            return value;
        }

        private static DataException damaged(String what) {
            return new DataException(what, "precompiled normalization rules", "Restore the model from a copy.");
        }
    }
}
