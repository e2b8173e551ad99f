package org.alluvium.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizerTest {

    @Test
    void everyKindOfLineEndBecomesALineFeed() {
        assertThat(Normalizer.normalize("a\r\nb\rc\u000Bd\fe\u0085f\u2028g\u2029h"))
                .isEqualTo("a\nb\nc\nd\ne\nf\ng\nh");
    }

    @Test
    void controlCharactersAndByteOrderMarksAreRemovedButTabsStay() {
        assertThat(Normalizer.normalize("\uFEFFa\u0001\tb\u007F\u009Fc")).isEqualTo("a\tbc");
    }

    @Test
    void composedAndDecomposedCharactersAreTheSame() {
        assertThat(Normalizer.normalize("e\u0301te\u0301")).isEqualTo("\u00e9t\u00e9");
    }

    @Test
    void aRemovedControlCharacterDoesNotKeepAnAccentFromItsLetter() {
        assertThat(Normalizer.normalize("e\u0001\u0301")).isEqualTo("\u00e9");
    }

    @Test
    void whiteSpaceAtTheEndOfLinesAndRunsOfEmptyLinesGo() {
        assertThat(Normalizer.normalize("\n\n  a  \n \n\n\n  b\u00a0\n\n")).isEqualTo("  a\n\n  b");
    }

    @Test
    void indentationAndBlanksInsideLinesStay() {
        assertThat(Normalizer.normalize("if x:\n    y  =  1")).isEqualTo("if x:\n    y  =  1");
    }

    @ParameterizedTest
    @CsvSource({"''", "' \t\r\n'", "\u0000\u0001\uFEFF", "\u00a0\u2003"})
    void whatCannotBeSeenIsEmpty(String text) {
        assertThat(Normalizer.normalize(text)).isEmpty();
    }

    @Property
    void isIdempotent(@ForAll String text) {
        String once = Normalizer.normalize(text);
        assertThat(Normalizer.normalize(once)).isEqualTo(once);
    }
}
