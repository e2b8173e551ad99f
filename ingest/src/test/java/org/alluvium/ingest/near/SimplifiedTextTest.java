package org.alluvium.ingest.near;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import com.ibm.icu.lang.UCharacter;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SimplifiedTextTest {

    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+([.,\u060C\u066B\u2396\u2397\u2398]\\p{Nd}+)?");
    private static final Pattern PUNCTUATION =
            Pattern.compile("[\\p{Cc}!-/:-@\\[-`{-~«´»–—’“”„…∶━►、。〈〉《》「」【】！％（），．１：；？～]");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");

    @Test
    void caseNumbersPunctuationAndMarksAreLeftOut() {
        assertThat(simplified("  It’s 3.14 — “ÉTÉ”,\tnaïve\u00A0ﬁn! ")).isEqualTo("it s 0 ete naive ﬁn");
        assertThat(simplified("1.2.3 v2 12,5% 7.")).isEqualTo("0 0 v0 0 0");
        assertThat(simplified("")).isEmpty();
        assertThat(simplified("\u0301 ...")).isEmpty();
    }

    @Test
    void aSigmaIsFinalOnlyBehindALetterAsUnicodeHasIt() {
        assertThat(simplified("ΟΔΟΣ Σ0Σ")).isEqualTo("οδος σ0σ");
    }

    @Test
    void charactersOfScriptsWithoutBlanksAreWords() {
        assertThat(simplified("第12章Java入門です")).isEqualTo("第 0 章 java 入 門 て す");
        assertThat(simplified("한국어 글")).isEqualTo(Normalizer.normalize("한국어 글", Normalizer.Form.NFD));
        assertThat(simplified("𠮷野")).isEqualTo("𠮷 野");
    }

    @Test
    void aSurrogateWithoutItsOtherHalfIsAReplacementCharacter() {
        assertThat(simplified("a\uD800b")).isEqualTo("a\uFFFDb");
    }

    @Test
    void shinglesAreTheHashesOfRunsOfWords() {
        SimplifiedText text = SimplifiedText.of("One, two; three 四");

        assertThat(text.words()).isEqualTo(4);
        assertThat(text.shingles(3)).containsExactly(xxh64("one two three"), xxh64("two three 四"));
        assertThat(text.shingles(4)).containsExactly(xxh64("one two three 四"));
        assertThat(text.shingles(5)).isEmpty();
    }

    @Property
    void everyTextBecomesWhatTheStepsOneByOneMakeOfIt(@ForAll("texts") String text) {
        assertThat(simplified(text)).isEqualTo(stepByStep(text));
    }

    /** Texts of whose characters many have an effect, and none is a word by itself. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> telling = Arbitraries.of(List.of(
                " ",
                "\n",
                "\u00A0",
                "0",
                "7",
                "\u0663",
                "\uD835\uDFD8",
                ".",
                ",",
                "\u066B",
                "-",
                "»",
                "１",
                "Σ",
                "İ",
                "É",
                "\u0301",
                "\u0E31",
                "≠",
                "\u0344",
                "뷁",
                "가",
                "ẛ",
                "K",
                "a",
                "ß",
                "\u0085",
                "\u001C",
                "\uD834\uDD5E",
                "\u037E"));
        Arbitrary<String> any = Arbitraries.integers().between(1, 0x0DFF).map(Character::toString);
        return Arbitraries.oneOf(telling, telling, any).list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    private static String stepByStep(String text) {
        String lower = UCharacter.toLowerCase(Locale.ROOT, text);
        String plain =
                PUNCTUATION.matcher(NUMBER.matcher(lower).replaceAll("0")).replaceAll(" ");
        String spaced = WHITE_SPACE.matcher(plain).replaceAll(" ");
        String bare = Normalizer.normalize(spaced, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
        return String.join(
                " ",
                Arrays.stream(bare.split(" ")).filter(word -> !word.isEmpty()).toList());
    }

    private static String simplified(String text) {
        return SimplifiedText.of(text).toString();
    }

    private static long xxh64(String words) {
        return Hashing.xxh64().hashBytesToLong(words.getBytes(StandardCharsets.UTF_8));
    }
}
