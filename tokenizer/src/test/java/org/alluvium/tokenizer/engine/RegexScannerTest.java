package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.tokenizer.bytelevel.Expressions;
import org.alluvium.tokenizer.bytelevel.SplitExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegexScannerTest {

    private static final int TEXTS = 3_000;

    @Test
    void theResourceHasTheCategoriesOfUnicode16() {
        assumeTrue(CharClassTest.jvmHasOurUnicode(), "this JVM has another Unicode version");
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            if (Categories.of(character) != Character.getType(character)) {
                assertThat(Categories.of(character))
                        .as("category of U+%04X", character)
                        .isEqualTo((byte) Character.getType(character));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Expressions.class)
    void findsWhatTheRegularExpressionMatchesAndWhatLiesBetween(Expressions expression) {
        assumeTrue(
                CharClassTest.jvmHasOurUnicode(), "the regular expressions of this JVM are of another Unicode version");
        Pattern regex = Pattern.compile(expression.regex(), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
        RegexScanner scanner = new RegexScanner(expression.split().regex());
        Random random = new Random(11);
        for (int i = 0; i < TEXTS; i++) {
            String text = expression.text(random);
            assertThat(split(scanner, text)).as("splits of %s", text).isEqualTo(split(regex, text));
        }
    }

    @Test
    void runsWithoutEndNeedNoStack() {
        SplitExpression expression = Expressions.O200K.split();
        RegexScanner scanner = new RegexScanner(expression.regex());
        for (String unit : List.of("A", "a", "\u4E2D", " ", "\n", "!", "\u0301")) {
            byte[] text = unit.repeat(1_000_000).getBytes(UTF_8);
            assertThat(scanner.end(text, 0, text.length)).isEqualTo(text.length);
        }
    }

    private static List<String> split(RegexScanner scanner, String text) {
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
        int done = 0;
        while (matcher.find()) {
            if (matcher.start() > done) {
                splits.add(text.substring(done, matcher.start()));
            }
            splits.add(matcher.group());
            done = matcher.end();
        }
        if (done < text.length()) {
            splits.add(text.substring(done));
        }
        return splits;
    }
}
