package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.VersionInfo;
import java.text.Normalizer.Form;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposedFormTest {

    private static final VersionInfo NINE = VersionInfo.getInstance(9);

    /** Letters and marks of many scripts, in blocks of which most is decomposed, composed or ordered. */
    private static final int[][] BLOCKS = {
        {'a', 'z'},
        {0xC0, 0x24F},
        {0x300, 0x36F},
        {0x300, 0x345},
        {0x5B0, 0x5EA},
        {0x64B, 0x655},
        {0x915, 0x93C},
        {0x9C7, 0x9D7},
        {0xDD9, 0xDDF},
        {0xF71, 0xF84},
        {0x1100, 0x11FF},
        {0x1E00, 0x1FFF},
        {0x2126, 0x212B},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAD9},
        {0xFB1D, 0xFB4E},
        {0x1D15E, 0x1D172},
        {0x2F800, 0x2FA1D}
    };

    @Test
    void theResourceHasThePropertiesOfUnicode9() {
        Normalizer2 form = Normalizer2.getNFCInstance();
        int[] expected = new int[Character.MAX_CODE_POINT + 1];
        for (int c = 0; c < expected.length; c++) {
            if (isOld(c)) {
                expected[c] |= UCharacter.getCombiningClass(c);
                int check = UCharacter.getIntPropertyValue(c, UProperty.NFC_QUICK_CHECK);
                expected[c] |= check == 0 ? ComposedForm.NO : check == 2 ? ComposedForm.MAYBE : 0;
            }
        }
        for (int c = 0; c < expected.length; c++) {
            String pair = isOld(c) ? form.getRawDecomposition(c) : null;
            if (pair != null) {
                boolean two = pair.codePointCount(0, pair.length()) == 2;
                int first = pair.codePointAt(0);
                boolean joins = two && form.composePair(first, pair.codePointBefore(pair.length())) == c;
                expected[first] |= joins ? ComposedForm.BASE : 0;
                boolean tail = c >= 0xAC00 && c <= 0xD7A3 && (c - 0xAC00) % 28 != 0;
                boolean formHolds = (expected[c] & (0xFF | ComposedForm.NO | ComposedForm.MAYBE)) == 0;
                expected[c] |= formHolds && !tail ? ComposedForm.BASE : 0;
            }
        }
        for (int c = 0; c < expected.length; c++) {
            if (ComposedForm.of(c) != expected[c]) {
                assertThat(ComposedForm.of(c)).as("value of U+%04X", c).isEqualTo(expected[c]);
            }
        }
    }

    @Test
    void textOfOldCharactersBecomesWhatEveryNormalizerMakesOfIt() {
        Random random = new Random(11);
        int rewritten = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder drawn = new StringBuilder();
            for (int left = random.nextInt(i % 100 == 0 ? 300 : 12); left > 0; left--) {
                int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
                int c = block[0] + random.nextInt(block[1] - block[0] + 1);
                drawn.appendCodePoint(isOld(c) ? c : 'x');
            }
            String text = drawn.toString();
            String composed = java.text.Normalizer.normalize(text, Form.NFC);
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(composed(text)).as("form of %s", text).isEqualTo(composed);
            assertThat(composed(composed)).isEqualTo(composed);
            rewritten += ComposedForm.holds(bytes, 0, bytes.length) ? 0 : 1;
        }
        assertThat(rewritten).isGreaterThan(10_000);
    }

    @Test
    void charactersThatCameLaterAreLeftAlone() {
        // Of Unicode 13.0: the two letters are joined there, and the mark is ordered.
        assertThat(composed("\uD806\uDD35\uD806\uDD30")).isEqualTo("\uD806\uDD35\uD806\uDD30");
        assertThat(composed("a\u0301\u1ABF\u0323")).isEqualTo("\u00E1\u1ABF\u0323");
        // Of Unicode 16.0: a letter that is joined to an old mark.
        assertThat(composed("\uD801\uDDD2\u0307")).isEqualTo("\uD801\uDDD2\u0307");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0301\u0323", "\u0F73", "e\u0301", "\u1100\u1161\u11A8", "\u0345\u0334\u0301\u0315"})
    void marksWithoutEndAreOrderedAllTheSame(String marks) {
        String text = marks.repeat(300_000 / marks.length());
        String composed = composed(text);
        assertThat(composed(composed)).isEqualTo(composed);
        assertThat(composed(marks.repeat(100))).isEqualTo(java.text.Normalizer.normalize(marks.repeat(100), Form.NFC));
        assertThat(composed.length()).isLessThanOrEqualTo(2 * text.length());
    }

    private static boolean isOld(int c) {
        VersionInfo age = UCharacter.getAge(c);
        return age.getMajor() > 0 && age.compareTo(NINE) <= 0;
    }

    private static String composed(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        NormalizedText out = new NormalizedText();
        out.begin(bytes.length + Normalizer.SLACK, true);
        ComposedForm.append(bytes, 0, bytes.length, out);
        assertThat(out.origins[out.length]).isEqualTo(bytes.length);
        return new String(out.bytes, 0, out.length, UTF_8);
    }
}
