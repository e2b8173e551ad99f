package org.alluvium.tokenizer.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import org.alluvium.contracts.error.DataException;

/**
 * Rules that rewrite text, in SentencePiece's precompiled form: the length of a trie in bytes (32 bits, little-endian), the
 * trie, then the texts that the rules put in, each ended by a zero byte. The trie is a double array as the library
 * darts-clone writes it; a unit of 32 bits has
 *
 * <pre>
 * bits 0–7 and 31  the byte that leads to it (bit 31 is set in a unit that is a value)
 * bit 8            whether a rule ends here; its value is then in the unit at its offset
 * bits 9, 10–30    the offset, times 256 if bit 9 is set: a child's place is the node's place XOR the offset XOR the byte
 * </pre>
 *
 * <p>All rules are walked over once when this is made, so that a damaged map is refused then. Immutable and thread-safe.
 */
final class CharsMap {

    /** A map without rules. */
    static final CharsMap EMPTY = new CharsMap(new int[] {0}, new byte[0]);

    private static final int LABEL = 0x800000ff;

    private final int[] units;
    private final byte[] texts;

    private CharsMap(int[] units, byte[] texts) {
        this.units = units;
        this.texts = texts;
    }

    /**
     * Reads the precompiled form; empty bytes are no rules.
     *
     * @throws DataException if it is damaged
     */
    static CharsMap of(byte[] blob, String name) {
        if (blob.length == 0) {
            return EMPTY;
        }
        ByteBuffer in = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
        int size = blob.length > 4 ? in.getInt() : -1;
        if (size < 4 || size % 4 != 0 || size >= blob.length - 3) {
            throw damaged("its trie has no valid length", name);
        }
        int[] units = new int[size / 4];
        in.asIntBuffer().get(units);
        byte[] texts = Arrays.copyOfRange(blob, 4 + size, blob.length);
        CharsMap map = new CharsMap(units, texts);
        map.check(name);
        return map;
    }

    /**
     * The longest rule that a text begins with.
     *
     * @return its length in the high 32 bits, the place of what it puts in in the low ones; 0 where there is no rule
     */
    long longest(byte[] text, int from, int to) {
        int node = offset(units[0]);
        long found = 0;
        for (int i = from; i < to; i++) {
            int b = text[i] & 0xff;
            node ^= b;
            if (node >= units.length || (units[node] & LABEL) != b) {
                break;
            }
            int unit = units[node];
            node ^= offset(unit);
            if (isRule(unit)) {
                found = ((i + 1L - from) << 32) | value(node);
            }
        }
        return found;
    }

    byte[] texts() {
        return texts;
    }

    /** Whether a rule begins with these bytes. */
    boolean leads(byte[] key, int length) {
        int node = offset(units[0]);
        for (int i = 0; i < length; i++) {
            int b = key[i] & 0xff;
            node ^= b;
            if (node >= units.length || (units[node] & LABEL) != b) {
                return false;
            }
            node ^= offset(units[node]);
        }
        return true;
    }

    private int value(int node) {
        return units[node] & Integer.MAX_VALUE;
    }

    private static boolean isRule(int unit) {
        return (unit >>> 8 & 1) != 0;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    /**
     * Visits every node once, and with it every rule: what rules put in is text. Ends of rules may share nodes, so there are many
     * more ways through the trie than nodes.
     */
    private void check(String name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        BitSet seen = new BitSet(units.length);
        Deque<Integer> open = new ArrayDeque<>();
        open.push(offset(units[0]));
        while (!open.isEmpty()) {
            int node = open.pop();
            for (int b = 0; b < 256; b++) {
                int child = node ^ b;
                if (child < units.length && (units[child] & LABEL) == b && !seen.get(child)) {
                    seen.set(child);
                    int next = child ^ offset(units[child]);
                    if (isRule(units[child])) {
                        checkText(next, decoder, name);
                    }
                    open.push(next);
                }
            }
        }
    }

    private void checkText(int node, CharsetDecoder decoder, String name) {
        int start = node < units.length ? value(node) : texts.length;
        int end = start;
        while (end < texts.length && texts[end] != 0) {
            end++;
        }
        if (end >= texts.length) {
            throw damaged("a rule's text is not there", name);
        }
        CharBuffer sink = CharBuffer.allocate(end - start);
        CoderResult result = decoder.reset().decode(ByteBuffer.wrap(texts, start, end - start), sink, true);
        if (result.isError()) {
            throw damaged("a rule's text is not UTF-8", name);
        }
    }

    private static DataException damaged(String what, String name) {
        return new DataException(
                "the normalization rules are damaged: " + what,
                name,
                "Restore the model file, or train it again with 'alluvium tokenizer train'.");
    }
}
