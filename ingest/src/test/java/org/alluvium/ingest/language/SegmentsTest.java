package org.alluvium.ingest.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    @Test
    void wordsAreInLowerCaseWithNothingBetweenThem() {
        assertThat(segments("Don't panic: it's 42 o'clock in ÅRHUS!"))
                .containsExactly("LATIN don t panic it s o clock in århus ");
    }

    @Test
    void scriptsDoNotShareSegments() {
        assertThat(segments("Привет, world и мир")).containsExactlyInAnyOrder("LATIN world ", "CYRILLIC привет и мир ");
    }

    @Test
    void lettersThatNeedNoModelAreCountedOneByOne() {
        assertThat(segments("漢字 kanji かな")).containsExactly("HAN 漢", "HAN 字", "KANA か", "KANA な", "LATIN kanji ");
    }

    @Test
    void combiningMarksStayInTheirWord() {
        assertThat(segments("o\u0323\u0300run")).containsExactly("LATIN o\u0323\u0300run ");
    }

    @Test
    void shortLinesAreReadTogetherAndLongOnesCut() {
        String line = "one two three four five six seven eight nine ten ";

        assertThat(segments("one\ntwo\nthree")).containsExactly("LATIN one two three ");
        assertThat(segments(line + line + "\n" + line)).containsExactly("LATIN " + line + line, "LATIN " + line);
        assertThat(segments(line.repeat(20)))
                .allSatisfy(
                        segment -> assertThat(segment.replaceAll("[^a-z]", "")).hasSizeBetween(60, 205));
    }

    @Test
    void whatIsFarTooLongIsNoWord() {
        assertThat(segments("a " + "x".repeat(100) + " b")).containsExactly("LATIN a b ");
    }

    @Property
    void noLetterIsLostAndNoneIsAdded(@ForAll("texts") String text) {
        String letters = text.replaceAll("\\P{L}", "").toLowerCase(Locale.ROOT);

        String found = String.join("", segments(text)).replaceAll("[A-Z ]", "");

        assertThat(found.chars().sorted().toArray())
                .isEqualTo(letters.chars().sorted().toArray());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("aZж漢か \n5-").ofMaxLength(500);
    }

    private static List<String> segments(String text) {
        List<String> found = new ArrayList<>();
        Segments segments = new Segments(new Segments.Sink() {
            @Override
            public void letter(Script script, int codePoint) {
                found.add(script + " " + Character.toString(codePoint));
            }

            @Override
            public void segment(Script script, byte[] utf8, int length, int letters) {
                found.add(script + " " + new String(utf8, 0, length, StandardCharsets.UTF_8));
            }
        });
        segments.add(text, 0, text.length());
        segments.finish();
        return found;
    }
}
