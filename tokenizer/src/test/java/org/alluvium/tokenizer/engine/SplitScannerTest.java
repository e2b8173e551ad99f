package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.tokenizer.bytelevel.SplitPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitScannerTest {

    private static final int TEXTS = 10_000;

    @ParameterizedTest
    @EnumSource(SplitPattern.class)
    void findsWhatTheRegularExpressionMatches(SplitPattern pattern) {
        assumeTrue(
                CharClassTest.jvmHasOurUnicode(), "the regular expressions of this JVM are of another Unicode version");
        Pattern regex = Pattern.compile(pattern.regex(), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
        SplitScanner scanner = new SplitScanner(pattern);
        Random random = new Random(11);
        for (int i = 0; i < TEXTS; i++) {
            String text = HardTexts.next(random);
            assertThat(split(scanner, text)).as("splits of %s", text).isEqualTo(split(regex, text));
        }
    }

    @ParameterizedTest
    @EnumSource(SplitPattern.class)
    void neverLooksBeyondTheEnd(SplitPattern pattern) {
        SplitScanner scanner = new SplitScanner(pattern);
        Random random = new Random(12);
        for (int i = 0; i < 1_000; i++) {
            byte[] text = HardTexts.next(random).getBytes(UTF_8);
            byte[] more = (new String(text, UTF_8) + HardTexts.next(random)).getBytes(UTF_8);
            for (int from = 0; from < text.length; ) {
                int end = scanner.end(text, from, text.length);
                assertThat(scanner.end(more, from, text.length)).isEqualTo(end);
                from = end;
            }
        }
    }

    private static List<String> split(SplitScanner scanner, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<String> splits = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int end = scanner.end(bytes, from, bytes.length);
            splits.add(new String(bytes, from, end - from, UTF_8));
            from = end;
        }
        return splits;
    }

    private static List<String> split(Pattern regex, String text) {
        List<String> splits = new ArrayList<>();
        Matcher matcher = regex.matcher(text);
        while (matcher.find()) {
            splits.add(matcher.group());
        }
        return splits;
    }
}
