package org.alluvium.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTextTest {

    private final StepText text = new StepText(new Timestamps());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0.0",
                "0.0e-30",
                "1e400",
                "4.9e-324",
                "123456789012345678",
                "9007199254740993",
                "1.7976931348623157e308",
                "4503599627370496.5e-3"
            })
    void numbersAreTheDoublesThatAreNearest(String number) {
        byte[] line = line(number);
        assertThat(text.read(line, 0, line.length)).isEqualTo(line.length);
        assertThat(text.figures()).containsExactly(Double.parseDouble(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "5e", "+5", "NaN", "\"5\"", "null", "5 ", "[5]"})
    void whatIsNoPlainNumberIsLeftToOthers(String number) {
        byte[] line = line(number);
        assertThat(text.read(line, 0, line.length)).isEqualTo(-1);
    }

    @Test
    void aLineThatIsCutOffIsLeftToOthers() {
        byte[] line = line("5");
        for (int end = 0; end < line.length; end++) {
            assertThat(text.read(line, 0, end)).isEqualTo(-1);
        }
    }

    private byte[] line(String number) {
        text.expect(List.of("loss"));
        return "{\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"step\",\"loss\":%s}\n"
                .formatted(number)
                .getBytes(StandardCharsets.UTF_8);
    }
}
