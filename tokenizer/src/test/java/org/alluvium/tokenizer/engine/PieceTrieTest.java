package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PieceTrieTest {

    @Test
    void everyStringIsFoundAndNothingElse() {
        Random random = new Random(1);
        for (int round = 0; round < 30; round++) {
            Map<String, Integer> strings = strings(random, 1 + random.nextInt(2000));
            PieceTrie trie = trie(strings);
            strings.forEach((key, value) -> assertThat(trie.find(key.getBytes(ISO_8859_1), 0, key.length()))
                    .isEqualTo(value));
            for (int i = 0; i < 1000; i++) {
                byte[] text = bytes(random, 1 + random.nextInt(6));
                assertThat(trie.find(text, 0, text.length))
                        .isEqualTo(strings.getOrDefault(new String(text, ISO_8859_1), PieceTrie.NONE));
            }
        }
    }

    @Test
    void theLongestStringThatATextBeginsWithIsFoundWhereverTheTextLies() {
        Random random = new Random(2);
        Map<String, Integer> strings = strings(random, 3000);
        PieceTrie trie = trie(strings);
        byte[] text = bytes(random, 5000);
        for (int from = 0; from < text.length; from++) {
            int to = Math.min(text.length, from + random.nextInt(12));
            int longest = 0;
            for (int end = from + 1; end <= to; end++) {
                longest = strings.containsKey(new String(text, from, end - from, ISO_8859_1)) ? end - from : longest;
            }
            assertThat(trie.longest(text, from, to)).isEqualTo(longest);
        }
    }

    @Test
    void aTrieOfNothingFindsNothing() {
        PieceTrie trie = PieceTrie.of(new byte[0][], new int[0]);
        assertThat(trie.find(new byte[] {0}, 0, 1)).isEqualTo(PieceTrie.NONE);
        assertThat(trie.longest(new byte[] {0, -1}, 0, 2)).isZero();
    }

    @Test
    void allBytesAndTheLargestNumberAreKept() {
        byte[][] keys = new byte[256][];
        int[] values = new int[256];
        for (int b = 0; b < 256; b++) {
            keys[b] = new byte[] {(byte) b, (byte) b};
            values[b] = (1 << 22) - 2 - b;
        }
        PieceTrie trie = PieceTrie.of(keys, values);
        for (int b = 0; b < 256; b++) {
            assertThat(trie.find(keys[b], 0, 2)).isEqualTo(values[b]);
            assertThat(trie.find(keys[b], 0, 1)).isEqualTo(PieceTrie.NONE);
        }
    }

    /** Many that begin alike, so that there are crowded nodes and deep ones. */
    private static Map<String, Integer> strings(Random random, int count) {
        Map<String, Integer> strings = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            strings.put(new String(bytes(random, 1 + random.nextInt(7)), ISO_8859_1), random.nextInt((1 << 22) - 1));
        }
        return strings;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 'a' + random.nextInt(3));
        }
        return bytes;
    }

    private static PieceTrie trie(Map<String, Integer> strings) {
        return PieceTrie.of(
                strings.keySet().stream().map(key -> key.getBytes(ISO_8859_1)).toArray(byte[][]::new),
                strings.values().stream().mapToInt(Integer::intValue).toArray());
    }
}
