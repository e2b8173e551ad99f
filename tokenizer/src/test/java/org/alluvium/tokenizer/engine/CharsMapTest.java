package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import org.alluvium.contracts.error.DataException;
import org.junit.jupiter.api.Test;

/** Rules are read as the trainer's own reader of them, which knows nothing of this one, lists them. */
class CharsMapTest {

    private static final org.alluvium.tokenizer.train.CharsMap NAMED =
            org.alluvium.tokenizer.train.CharsMap.named("nmt_nfkc");

    private static final byte[] COMPILED = NAMED.compile();

    @Test
    void theLongestRuleThatATextBeginsWithIsFound() {
        SortedMap<String, String> rules = NAMED.rules();
        CharsMap map = CharsMap.of(COMPILED, "test");
        String[] keys = rules.keySet().toArray(String[]::new);
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            String text = keys[random.nextInt(keys.length)] + keys[random.nextInt(keys.length)];
            String rule = longest(rules, text);
            byte[] utf8 = ("--" + text).getBytes(UTF_8);
            long found = map.longest(utf8, 2, utf8.length);
            assertThat((int) (found >>> 32)).as(text).isEqualTo(rule.getBytes(UTF_8).length);
            assertThat(textAt(map, (int) found)).as(text).isEqualTo(rules.get(rule));
        }
    }

    @Test
    void whatNoRuleBeginsWithIsLeftAlone() {
        CharsMap map = CharsMap.of(COMPILED, "test");
        byte[] text = "abc \u4e2d".getBytes(UTF_8);
        for (int from = 0; from < text.length; from++) {
            if (text[from] >= 0) {
                assertThat(map.longest(text, from, text.length)).isZero();
            }
        }
        assertThat(CharsMap.EMPTY.longest(text, 0, text.length)).isZero();
        assertThat(CharsMap.of(new byte[0], "test")).isSameAs(CharsMap.EMPTY);
    }

    @Test
    void whetherRulesBeginWithBytesIsSaid() {
        CharsMap map = CharsMap.of(COMPILED, "test");
        byte[] ligature = "\ufb01".getBytes(UTF_8);
        assertThat(map.leads(ligature, 1)).isTrue();
        assertThat(map.leads(ligature, 3)).isTrue();
        assertThat(map.leads(new byte[] {(byte) 0xff}, 1)).isFalse();
    }

    @Test
    void damagedRulesAreRefusedWithTheNameOfTheModelOrStillEndTheirTexts() {
        byte[] whole = COMPILED;
        Random random = new Random(3);
        byte[] text = "\ufb01\u00c5 e\u0301\u1100\u1161".getBytes(UTF_8);
        int refused = 0;
        for (int trial = 0; trial < 20; trial++) {
            byte[] damaged = trial % 2 == 0 ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            if (trial % 2 == 0) {
                damaged[random.nextInt(8)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                CharsMap map = CharsMap.of(damaged, "x.model");
                for (int from = 0; from < text.length; from++) {
                    textAt(map, (int) map.longest(text, from, text.length));
                }
            } catch (DataException e) {
                assertThat(e).hasMessageStartingWith("x.model").hasMessageContaining("rules are damaged");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10);
        assertThatThrownBy(() -> CharsMap.of(new byte[] {1, 2}, "x.model")).isInstanceOf(DataException.class);
    }

    private static String longest(SortedMap<String, String> rules, String text) {
        for (int end = text.length(); end > 0; end--) {
            if (rules.containsKey(text.substring(0, end))) {
                return text.substring(0, end);
            }
        }
        return "";
    }

    private static String textAt(CharsMap map, int start) {
        int end = start;
        while (map.texts()[end] != 0) {
            end++;
        }
        return new String(map.texts(), start, end - start, UTF_8);
    }
}
