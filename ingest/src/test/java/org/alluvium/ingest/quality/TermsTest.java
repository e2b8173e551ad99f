package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermsTest {

    private static List<Integer> terms(String text) {
        List<Integer> hashes = new ArrayList<>();
        Terms.forEach(text, hashes::add);
        return hashes;
    }

    private static List<Integer> hashes(String... terms) {
        return Arrays.stream(terms)
                .map(term -> Hashing.murmur3_32(42).hashBytesToInt(term.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** The example in the documentation of Spark 3's feature extractors, which has twenty buckets. */
    @Test
    void wordsFallIntoTheBucketsThatSparkPutsThemInto() {
        assertThat(terms("Hi I heard about Spark").stream()
                        .map(hash -> Math.floorMod(hash, 20))
                        .sorted())
                .containsExactly(6, 8, 13, 16, 16);
        assertThat(terms("I wish Java could use case classes").stream()
                        .map(hash -> Math.floorMod(hash, 20))
                        .sorted())
                .containsExactly(0, 2, 7, 7, 13, 15, 16);
        assertThat(terms("Logistic regression models are neat").stream()
                        .map(hash -> Math.floorMod(hash, 20))
                        .sorted())
                .containsExactly(3, 4, 6, 11, 19);
    }

    @Test
    void anyWhiteSpaceSeparatesAndARunOfItOnce() {
        assertThat(terms(" one\ttwo\n\nthree\u00A0four\u3000five "))
                .isEqualTo(hashes("one", "two", "three", "four", "five"));
        assertThat(terms(" \n")).isEmpty();
    }

    @Test
    void caseMakesNoDifferenceInAnyScript() {
        assertThat(terms("ÄRGER ΟΔΟΙ Дом 𐐀")).isEqualTo(hashes("ärger", "οδοι", "дом", "𐐨"));
    }

    @Test
    void charactersOfScriptsWithoutSpacesCountInPairs() {
        assertThat(terms("中文字")).isEqualTo(hashes("中文", "文字"));
        assertThat(terms("中 文字")).isEqualTo(hashes("中", "文字"));
        assertThat(terms("字")).isEqualTo(hashes("字"));
    }

    @Test
    void whatStandsBetweenSuchCharactersIsAWordOfItsOwn() {
        assertThat(terms("用JAVA写")).isEqualTo(hashes("用", "java", "写"));
        assertThat(terms("abc中文,")).isEqualTo(hashes("abc", "中文", ","));
        assertThat(terms("𠀀𠀁")).isEqualTo(hashes("𠀀𠀁"));
    }

    @Test
    void aWordMayBeOfAnyLength() {
        String word = "é".repeat(1000);

        assertThat(terms(word)).isEqualTo(hashes(word));
    }
}
