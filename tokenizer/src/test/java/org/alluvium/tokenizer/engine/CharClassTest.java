package org.alluvium.tokenizer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CharClassTest {

    private static final Pattern SPACE = Pattern.compile("\\s", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern NUMBER = Pattern.compile("\\p{N}");

    /** Whether this JVM has Unicode 16.0, as Java 24 and 25 have. */
    static boolean jvmHasOurUnicode() {
        int version = Runtime.version().feature();
        return version == 24 || version == 25;
    }

    @Test
    void theResourceHasThePropertiesOfUnicode16() {
        assumeTrue(jvmHasOurUnicode(), "this JVM has another Unicode version");
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            if (CharClass.of(character) != expected(character)) {
                assertThat(CharClass.of(character))
                        .as("class of U+%04X", character)
                        .isEqualTo(expected(character));
            }
        }
    }

    @Test
    void lettersThatUnicode15AddedAreLettersOnEveryJvm() {
        assertThat(CharClass.of(0x31350)).isEqualTo(CharClass.LETTER);
        assertThat(CharClass.of(0x1E4D0)).isEqualTo(CharClass.LETTER);
    }

    private static byte expected(int character) {
        String text = Character.toString(character);
        boolean word = WORD.matcher(text).matches();
        if (SPACE.matcher(text).matches()) {
            return CharClass.SPACE;
        }
        if (LETTER.matcher(text).matches()) {
            return CharClass.LETTER;
        }
        if (NUMBER.matcher(text).matches()) {
            return word ? CharClass.NUMBER : CharClass.FRACTION;
        }
        return word ? CharClass.WORD : CharClass.OTHER;
    }
}
