package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void wideCharactersTakeTwoColumnsAndAccentsNone() {
        assertThat(Columns.width("häuser")).isEqualTo(6);
        assertThat(Columns.width("ha\u0308user")).isEqualTo(6);
        assertThat(Columns.width("日本")).isEqualTo(4);
        assertThat(Columns.width("😀")).isEqualTo(2);
    }

    @Test
    void textIsCutWithAnEllipsisWithinItsColumns() {
        assertThat(Columns.cut("parliament", 10)).isEqualTo("parliament");
        assertThat(Columns.cut("parliament", 9)).isEqualTo("parliame…");
        assertThat(Columns.cut("日本語", 4)).isEqualTo("日…");
        assertThat(Columns.cut("parliament", 0)).isEmpty();
    }

    @Test
    void controlCharactersCannotReachTheTerminal() {
        assertThat(Columns.printable("a\u001b[31mb\r\nc\u202Ed\u0007")).isEqualTo("a [31mb  c d ");
    }

    @Test
    void textIsWrappedBetweenWords() {
        assertThat(Columns.wrap("the house has voted on it", 10, 5)).containsExactly("the house", "has voted", "on it");
    }

    @Test
    void theLastLineHoldsWhatFitsOfTheRest() {
        assertThat(Columns.wrap("the house has voted on it", 10, 2)).containsExactly("the house", "has voted…");
    }

    @Test
    void aWordLongerThanALineIsCut() {
        assertThat(Columns.wrap("Donaudampfschifffahrt", 10, 2)).containsExactly("Donaudamp…");
    }
}
