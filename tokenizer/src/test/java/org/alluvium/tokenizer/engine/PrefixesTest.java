package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixesTest {

    private static final Prefixes PREFIXES =
            Prefixes.of(Map.of(7, utf8("ab"), 3, utf8("abcd"), 0, utf8("b"), 5, utf8("\u4E2D\u6587")));

    @Test
    void theLongestStringIsFound() {
        assertThat(longest("abcde", 0)).isEqualTo(3);
        assertThat(longest("abce", 0)).isEqualTo(7);
        assertThat(longest("abce", 1)).isZero();
        assertThat(longest("\u4E2D\u6587", 0)).isEqualTo(5);
    }

    @Test
    void nothingIsFoundWhereNoneBegins() {
        assertThat(longest("abce", 2)).isEqualTo(Prefixes.NONE);
        assertThat(longest("\u4E2D", 0)).isEqualTo(Prefixes.NONE);
        assertThat(PREFIXES.longest(utf8("ab"), 0, 1)).isEqualTo(Prefixes.NONE);
    }

    private static int longest(String text, int at) {
        byte[] bytes = utf8(text);
        return PREFIXES.longest(bytes, at, bytes.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
