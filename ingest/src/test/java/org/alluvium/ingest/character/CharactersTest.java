package org.alluvium.ingest.character;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CharactersTest {

    @Test
    void theSetsAreAsLargeAsThePublishedOnes() {
        assertThat(count(Characters::isTerminal)).isEqualTo(159);
        assertThat(count(c -> Characters.isSign(c) && !Characters.isTerminal(c)))
                .isEqualTo(129 - 7);
        assertThat(count(Characters::isWhiteSpace)).isEqualTo(29);
    }

    @Test
    void tabAndLineFeedAreNoSignsButOtherControlCharactersAre() {
        assertThat("\t\n".chars().noneMatch(Characters::isSign)).isTrue();
        assertThat("\r\0\u007f\u0085\u009f".chars().allMatch(Characters::isSign))
                .isTrue();
    }

    @Test
    void lettersOfEveryScriptAreLetters() {
        assertThat("aßДあ漢ก한ªʰ".codePoints().allMatch(Characters::isLetter)).isTrue();
        assertThat(Characters.isLetter(0x20000)).isTrue();
        assertThat("1٣²Ⅷ_-".codePoints().noneMatch(Characters::isLetter)).isTrue();
    }

    @Test
    void digitsAreDecimal() {
        assertThat("1٣１".codePoints().allMatch(Characters::isDigit)).isTrue();
        assertThat("²Ⅷ½".codePoints().noneMatch(Characters::isDigit)).isTrue();
    }

    @Test
    void smallLettersAreOfOneCodePoint() {
        assertThat("AÄДK".codePoints().map(Characters::toLowerCase).toArray())
                .isEqualTo("aäдk".codePoints().toArray());
        assertThat(Characters.toLowerCase('ß')).isEqualTo('ß');
    }

    private static long count(IntPredicate property) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(property)
                .count();
    }
}
