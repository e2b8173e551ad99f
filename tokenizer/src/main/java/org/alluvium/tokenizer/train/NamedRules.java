package org.alluvium.tokenizer.train;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.alluvium.contracts.error.ConfigException;

/**
 * The rules that SentencePiece names {@code nfkc}, {@code nmt_nfkc}, {@code nfkc_cf} and {@code nmt_nfkc_cf}: Unicode's normal form
 * KC (UAX 15) as rules for sequences of characters, what is white space or nothing to machine translation, and simple case folding.
 *
 * <p>They are those of Unicode 13.0.0 on every JVM: normal forms of characters that a version has never change, so the JVM is
 * asked for those alone.
 */
final class NamedRules {

    private static final Ranges ASSIGNED = Ranges.load("assigned-13.0.0.txt");
    private static final List<String> NAMES = List.of("identity", "nfkc", "nmt_nfkc", "nfkc_cf", "nmt_nfkc_cf");

    /** Read as a space: tab, line ends, marks of direction and of joining, SentencePiece's own space, and what cannot be read. */
    private static final int[] SPACES = {
        0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B, 0x200C, 0x200E, 0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD
    };

    private static final int[] NOTHING_BESIDE_CONTROLS = {0x7F, 0x8F, 0x9F};
    private static final int FULLWIDTH_TILDE = 0xFF5E;
    private static final int CHEROKEE = 0x13A0;
    private static final int CHEROKEE_SMALL = 0xAB70;

    private NamedRules() {}

    /**
     * The rules of a name.
     *
     * @throws ConfigException if there are none
     */
    static SortedMap<String, String> of(String name) {
        if (!NAMES.contains(name)) {
            throw new ConfigException(
                    "there are no normalization rules named " + name,
                    "--normalization",
                    "Take one of " + String.join(", ", NAMES) + ", or give rules of your own.");
        }
        if (name.equals("identity")) {
            return new TreeMap<>();
        }
        SortedMap<String, String> rules = withoutRedundant(nfkc());
        if (name.startsWith("nmt")) {
            addTranslation(rules);
            rules = withoutRedundant(rules);
        }
        if (name.endsWith("cf")) {
            addFolding(rules);
            rules = withoutRedundant(rules);
        }
        return rules;
    }

    /** All characters, and all sequences of as many characters as the full decomposition of one, with what they become. */
    private static SortedMap<String, String> nfkc() {
        SortedMap<String, String> rules = new TreeMap<>();
        Set<String> decomposed = new HashSet<>();
        Map<Integer, List<String>> originals = new HashMap<>();
        forEachCharacter(point -> {
            String character = Character.toString(point);
            String nfkc = Normalizer.normalize(character, Form.NFKC);
            if (!nfkc.equals(character)) {
                rules.put(character, nfkc);
            }
            String nfkd = Normalizer.normalize(character, Form.NFKD);
            if (nfkd.codePointCount(0, nfkd.length()) > 1) {
                decomposed.add(nfkd);
            } else if (!nfkd.equals(character)) {
                originals
                        .computeIfAbsent(nfkd.codePointAt(0), base -> new ArrayList<>())
                        .add(character);
            }
        });
        for (String nfkd : decomposed) {
            String nfkc = Normalizer.normalize(nfkd, Form.NFC);
            if (!nfkc.equals(nfkd)) {
                for (String sequence : expand(nfkd, originals)) {
                    if (!sequence.equals(nfkc)) {
                        rules.put(sequence, nfkc);
                    }
                }
            }
        }
        return rules;
    }

    /** All sequences that decompose to this one character by character. */
    private static List<String> expand(String nfkd, Map<Integer, List<String>> originals) {
        List<String> sequences = List.of("");
        for (int point : nfkd.codePoints().toArray()) {
            List<String> choices = new ArrayList<>(originals.getOrDefault(point, List.of()));
            choices.add(Character.toString(point));
            List<String> longer = new ArrayList<>();
            for (String sequence : sequences) {
                choices.forEach(choice -> longer.add(sequence + choice));
            }
            sequences = longer;
        }
        return sequences;
    }

    private static void addTranslation(SortedMap<String, String> rules) {
        for (int point = 1; point < ' '; point++) {
            rules.put(Character.toString(point), "");
        }
        for (int point : NOTHING_BESIDE_CONTROLS) {
            rules.put(Character.toString(point), "");
        }
        for (int point : SPACES) {
            rules.put(Character.toString(point), " ");
        }
        // It is used otherwise than the tilde in Japanese.
        rules.remove(Character.toString(FULLWIDTH_TILDE));
    }

    private static void addFolding(SortedMap<String, String> rules) {
        rules.replaceAll((from, to) -> to.codePoints()
                .map(NamedRules::fold)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
        forEachCharacter(point -> {
            if (fold(point) != point) {
                rules.putIfAbsent(Character.toString(point), Character.toString(fold(point)));
            }
        });
    }

    /** Simple case folding: to lower case by way of upper case, save for the Turkish i and for Cherokee, which folds to capitals. */
    private static int fold(int point) {
        if (point == 0x130 || point == 0x131 || (point >= CHEROKEE && point <= 0x13F5)) {
            return point;
        }
        if (point >= 0x13F8 && point <= 0x13FD) {
            return point - 8;
        }
        if (point >= CHEROKEE_SMALL && point <= 0xABBF) {
            return point - CHEROKEE_SMALL + CHEROKEE;
        }
        int folded = Character.toLowerCase(Character.toUpperCase(point));
        return ASSIGNED.of(point) == Ranges.NONE || ASSIGNED.of(folded) == Ranges.NONE ? point : folded;
    }

    /** Leaves out rules for sequences whose parts are rewritten to the same by shorter rules. */
    private static SortedMap<String, String> withoutRedundant(SortedMap<String, String> rules) {
        Map<Integer, List<Map.Entry<String, String>>> byLength = new TreeMap<>();
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            int length = rule.getKey().codePointCount(0, rule.getKey().length());
            byLength.computeIfAbsent(length, key -> new ArrayList<>()).add(rule);
        }
        Map<String, String> kept = new HashMap<>();
        byLength.forEach((length, entries) -> {
            for (Map.Entry<String, String> rule : entries) {
                if (length == 1 || !rule.getValue().equals(rewrite(rule.getKey(), kept, length - 1))) {
                    kept.put(rule.getKey(), rule.getValue());
                }
            }
        });
        return new TreeMap<>(kept);
    }

    /** A text with the longest rule of at most {@code longest} characters used at every place. */
    private static String rewrite(String text, Map<String, String> rules, int longest) {
        StringBuilder rewritten = new StringBuilder();
        int[] ends = new int[text.length() + 1];
        int points = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            ends[points++] = at;
        }
        ends[points] = text.length();
        for (int from = 0; from < points; ) {
            int to = Math.min(points, from + longest);
            String rule = null;
            while (to > from && (rule = rules.get(text.substring(ends[from], ends[to]))) == null) {
                to--;
            }
            if (rule == null) {
                to = from + 1;
                rule = text.substring(ends[from], ends[to]);
            }
            rewritten.append(rule);
            from = to;
        }
        return rewritten.toString();
    }

    private static void forEachCharacter(IntConsumer reader) {
        for (int range = 0; range < ASSIGNED.size(); range++) {
            for (int point = Math.max(1, ASSIGNED.first(range)); point <= ASSIGNED.last(range); point++) {
                if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                    reader.accept(point);
                }
            }
        }
    }
}
