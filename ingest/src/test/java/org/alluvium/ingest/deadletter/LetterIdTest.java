package org.alluvium.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterIdTest {

    @Test
    void isParsedAsItIsWritten() {
        assertThat(LetterId.parse("42.3")).isEqualTo(new LetterId(42, 3)).hasToString("42.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "42.", ".3", "-1.3", "4 2.3", "42.3.1", "1.9999999999999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> LetterId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lettersComeInTheOrderOfTheLog() {
        assertThat(new LetterId(9, 12)).isGreaterThan(new LetterId(9, 3)).isLessThan(new LetterId(10, 1));
    }
}
