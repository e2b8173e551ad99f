package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.train.CharsMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalizerTest {

    private static final NormalizerSpec PLAIN = NormalizerSpec.defaults();
    private static final NormalizerSpec BARE = PLAIN.withAddDummyPrefix(false).withRemoveExtraWhitespaces(false);

    /** Rules that shrink, grow, remove, give spaces at both ends, overlap, and begin alike. */
    private static CharsMap rules;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compileRules() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.tsv"), """
                FB01\t66 69
                3000\t20
                61 62 63\t78
                61 62\t79 79
                7A\t
                BD\t20 31 2044 32 20
                2581\t5F
                65 301\tE9
                1F600\t20
                """);
        rules = CharsMap.load(file);
    }

    @Test
    void spacesAreMergedAndOneIsPutBeforeTheText() {
        assertThat(normalized(PLAIN, false, "  a  b ")).isEqualTo("\u2581a\u2581b");
        assertThat(normalized(PLAIN, false, "   ")).isEmpty();
        assertThat(normalized(PLAIN, false, "")).isEmpty();
    }

    @Test
    void spacesAreKeptWhereTheModelSaysSo() {
        NormalizerSpec kept = PLAIN.withRemoveExtraWhitespaces(false);
        assertThat(normalized(kept, false, " a  b ")).isEqualTo("\u2581\u2581a\u2581\u2581b\u2581");
        assertThat(normalized(kept, false, "")).isEmpty();
        assertThat(normalized(BARE, false, " a")).isEqualTo("\u2581a");
    }

    @Test
    void theDummySpaceIsBehindTheTextWhereWhiteSpaceEndsPieces() {
        assertThat(normalized(PLAIN, true, " a b ")).isEqualTo("a\u2581b\u2581");
        assertThat(normalized(PLAIN.withAddDummyPrefix(false), true, " a b ")).isEqualTo("a\u2581b");
    }

    @Test
    void spacesStaySpacesWhereTheyAreNotEscaped() {
        assertThat(normalized(PLAIN.withEscapeWhitespaces(false), false, "  a  b "))
                .isEqualTo(" a b");
    }

    @Test
    void theLongestRuleRewritesAndWhatItGivesIsNotRewrittenAgain() {
        NormalizerSpec spec = BARE.withRules("mine", rules.compile());
        assertThat(normalized(spec, false, "abcab\ufb01zz")).isEqualTo("xyyfi");
        assertThat(normalized(spec, false, "1\u00bd2")).isEqualTo("1\u25811\u20442\u25812");
        assertThat(normalized(spec, false, "\u2581")).isEqualTo("_");
        assertThat(normalized(spec.withRemoveExtraWhitespaces(true), false, " \u3000z\u00bd\u3000\u00bd\ud83d\ude00"))
                .isEqualTo("1\u20442\u25811\u20442");
    }

    @Test
    void textsThatUsersDefinedAreKeptAsTheyAre() {
        NormalizerSpec spec = BARE.withRules("mine", rules.compile());
        Normalizer normalizer = new Normalizer(spec, false, List.of("abz", "\ufb01", "a b"), "test");
        assertThat(normalized(normalizer, "abzab\ufb01a b".getBytes(UTF_8))).isEqualTo("abzyy\ufb01a\u2581b");
    }

    @Test
    void everyByteThatIsNotUtf8IsReplacedByItself() {
        byte[] bytes = {'a', (byte) 0xf0, (byte) 0x9f, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'b', (byte) 0xc3};
        assertThat(normalized(new Normalizer(BARE, false, List.of(), "test"), bytes))
                .isEqualTo("a" + "\ufffd".repeat(5) + "b\ufffd");
    }

    @Test
    void originsSayWhereEachByteComesFrom() {
        NormalizerSpec spec = PLAIN.withRules("mine", rules.compile());
        Normalizer normalizer = new Normalizer(spec, false, List.of(), "test");
        NormalizedText out = new NormalizedText();
        byte[] text = "-- abc \ufb01z ".getBytes(UTF_8);
        normalizer.normalize(text, 2, text.length, out, true);
        assertThat(new String(out.bytes, 0, out.length, UTF_8)).isEqualTo("\u2581x\u2581fi");
        // Three bytes of the space at the start, the rule abc, the space, the ligature twice, and the end.
        assertThat(Arrays.copyOf(out.origins, out.length + 1)).containsExactly(1, 1, 1, 1, 4, 4, 4, 5, 5, 9);
    }

    /** The same, step by step as SentencePiece does it, over all combinations of flags. */
    @Test
    void randomTextsComeOutAsTheStepsByHandSay() {
        String[] parts = {
            "a",
            "b",
            "c",
            "ab",
            "abc",
            "z",
            " ",
            "  ",
            "\u3000",
            "\ufb01",
            "\u00bd",
            "e\u0301",
            "e",
            "\u0301",
            "\u2581",
            "\ud83d\ude00",
            "\u4e2d",
            "\u00e9",
            "\ufffd"
        };
        Random random = new Random(4);
        for (int trial = 0; trial < 48; trial++) {
            NormalizerSpec spec = PLAIN.withAddDummyPrefix((trial & 1) == 0)
                    .withRemoveExtraWhitespaces((trial & 2) == 0)
                    .withEscapeWhitespaces((trial & 4) == 0)
                    .withRules("mine", trial < 32 ? rules.compile() : new byte[0]);
            boolean suffix = (trial & 8) != 0;
            List<String> kept = (trial & 16) == 0 ? List.of() : List.of("z ", "ab", " ");
            Normalizer normalizer = new Normalizer(spec, suffix, kept, "test");
            for (int i = 0; i < 150; i++) {
                byte[] text = text(parts, random);
                assertThat(normalized(normalizer, text))
                        .as("%s, suffix %s, kept %s, of %s", spec, suffix, kept, Arrays.toString(text))
                        .isEqualTo(byHand(spec, suffix, kept, text));
            }
        }
    }

    private static byte[] text(String[] parts, Random random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.writeBytes(parts[random.nextInt(parts.length)].getBytes(UTF_8));
            if (random.nextInt(12) == 0) {
                text.write(0x80 + random.nextInt(128));
            }
        }
        return text.toByteArray();
    }

    private static String byHand(NormalizerSpec spec, boolean suffix, List<String> kept, byte[] bytes) {
        SortedMap<String, String> replaced = spec.hasCharsMap() ? rules.rules() : new TreeMap<>();
        List<String> steps = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = longest(kept, bytes, at);
            String step = length > 0 ? new String(bytes, at, length, UTF_8) : "";
            if (length == 0) {
                length = longest(replaced.keySet(), bytes, at);
                step = length > 0 ? replaced.get(new String(bytes, at, length, UTF_8)) : "";
            }
            if (length == 0) {
                int valid = Utf8.length(bytes, at, bytes.length);
                length = Math.max(1, valid);
                step = valid == 0 ? "\ufffd" : new String(bytes, at, valid, UTF_8);
            }
            steps.add(step);
            at += length;
        }
        boolean merge = spec.removeExtraWhitespaces();
        while (merge && !steps.isEmpty() && steps.get(0).equals(" ")) {
            steps.remove(0);
        }
        if (steps.isEmpty()) {
            return "";
        }
        String space = spec.escapeWhitespaces() ? "\u2581" : " ";
        StringBuilder out = new StringBuilder(!suffix && spec.addDummyPrefix() ? space : "");
        boolean afterSpace = merge;
        for (String step : steps) {
            String rest = step;
            while (afterSpace && rest.startsWith(" ")) {
                rest = rest.substring(1);
            }
            if (!rest.isEmpty()) {
                out.append(rest.replace(" ", space));
                afterSpace = merge && rest.endsWith(" ");
            }
        }
        while (merge && out.toString().endsWith(space)) {
            out.setLength(out.length() - space.length());
        }
        return out.append(suffix && spec.addDummyPrefix() ? space : "").toString();
    }

    private static int longest(Iterable<String> strings, byte[] text, int at) {
        int longest = 0;
        for (String string : strings) {
            byte[] utf8 = string.getBytes(UTF_8);
            if (utf8.length <= text.length - at && Arrays.equals(utf8, 0, utf8.length, text, at, at + utf8.length)) {
                longest = Math.max(longest, utf8.length);
            }
        }
        return longest;
    }

    private static String normalized(NormalizerSpec spec, boolean suffix, String text) {
        return normalized(new Normalizer(spec, suffix, List.of(), "test"), text.getBytes(UTF_8));
    }

    /** The same with origins and without, and wherever the text lies. */
    private static String normalized(Normalizer normalizer, byte[] text) {
        NormalizedText out = new NormalizedText();
        normalizer.normalize(text, 0, text.length, out, false);
        String result = new String(out.bytes, 0, out.length, UTF_8);
        byte[] shifted = new byte[text.length + 7];
        Arrays.fill(shifted, (byte) 0xe2);
        System.arraycopy(text, 0, shifted, 3, text.length);
        normalizer.normalize(shifted, 3, 3 + text.length, out, true);
        assertThat(new String(out.bytes, 0, out.length, UTF_8)).isEqualTo(result);
        int[] origins = Arrays.copyOf(out.origins, out.length + 1);
        int[] sorted = origins.clone();
        Arrays.sort(sorted);
        assertThat(origins).isEqualTo(sorted);
        assertThat(origins[origins.length - 1]).isBetween(0, text.length);
        return result;
    }
}
