package org.alluvium.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private final NumberText number = new NumberText();

    @Property(tries = 20_000)
    void everyDoubleIsReadAsItWasWritten(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            isReadAsTheLibraryDoes(Double.toString(value));
        }
    }

    @Property(tries = 20_000)
    void figuresOfUsualSizeAreReadAsTheyWereWritten(@ForAll @DoubleRange(min = -1e6, max = 1e6) double value) {
        isReadAsTheLibraryDoes(Double.toString(value));
        isReadAsTheLibraryDoes(Double.toString(value * 1e-9));
    }

    @Property(tries = 20_000)
    void anyDigitsBecomeTheNearestDouble(
            @ForAll @NumericChars @StringLength(min = 1, max = 24) String fraction,
            @ForAll @IntRange(max = 999_999) int whole,
            @ForAll @IntRange(min = -60, max = 60) int exponent) {
        isReadAsTheLibraryDoes(whole + "." + fraction);
        isReadAsTheLibraryDoes("-" + whole + "." + fraction + "e" + exponent);
        isReadAsTheLibraryDoes(whole + "E" + (exponent < 0 ? "" : "+") + exponent);
    }

    /** Numbers half between two doubles, and next to that. */
    @Property(tries = 5_000)
    void halvesAreRoundedToEven(@ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long digits) {
        for (String end : new String[] {".5", ".50", ".49", ".51", ".25", ".125"}) {
            isReadAsTheLibraryDoes(digits + end);
            isReadAsTheLibraryDoes(digits + end + "e-3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "-0.0",
                "0.0e-30",
                "1e400",
                "-1e400",
                "1e-400",
                "4.9e-324",
                "123456789012345678",
                "9007199254740993",
                "99999999999999999999999999",
                "1.7976931348623157e308",
                "0.000000000000000000000001"
            })
    void oddNumbersAreReadAsTheLibraryDoes(String text) {
        isReadAsTheLibraryDoes(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "01", ".5", "5.", "5.e3", "5e", "5e+", "+5", "NaN", "\"5\"", "null"})
    void whatJsonDoesNotCallANumberIsNone(String text) {
        read(text);
        assertThat(number.end()).isEqualTo(-1);
    }

    private void isReadAsTheLibraryDoes(String text) {
        assertThat(read(text)).as(text).isEqualTo(Double.parseDouble(text));
        assertThat(number.end()).isEqualTo(text.length() + 1);
    }

    private double read(String text) {
        return number.read(("," + text + "}").getBytes(StandardCharsets.UTF_8), 1);
    }
}
