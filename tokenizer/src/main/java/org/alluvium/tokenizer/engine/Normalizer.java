package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.model.NormalizerSpec;

/**
 * What SentencePiece does to a text before it segments it, byte for byte: user-defined pieces are kept as they are, other
 * text is rewritten by the longest rule that it begins with, a byte that is not UTF-8 becomes U+FFFD, spaces become U+2581,
 * leading, trailing and repeated ones are dropped, and one is put before or behind the text; each as the model says. Immutable
 * and thread-safe.
 *
 * <p>Most text is not changed. So at every byte a table is asked first, whether a rule or a user-defined piece can begin here
 * at all: for ASCII by the byte and whether the next is ASCII too (a letter and a combining mark are one rule, two letters
 * are not), for three-byte characters by the character. Only where it can, the tries are walked.
 */
final class Normalizer {

    /** Bytes behind a normalized text that may be read. */
    static final int SLACK = 16;

    /** No rule begins with this byte. */
    private static final byte PLAIN = 0;
    /** No rule begins with this byte and another of ASCII, nor is it one itself. */
    private static final byte PLAIN_BEFORE_ASCII = 1;

    private static final byte ASK = 2;
    private static final byte[] SPACE_SYMBOL = "\u2581".getBytes(StandardCharsets.UTF_8);
    private static final int SPACE_SYMBOL_WORD = 0x8196e2;
    private static final byte[] SPACE = {' '};
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final NormalizerSpec spec;
    private final boolean suffix;
    private final CharsMap rules;
    private final PieceTrie kept;
    private final byte[] space;
    private final byte[] ascii = new byte[128];
    /** Whether no rule and no user-defined piece begins with a printable byte of ASCII and another byte of ASCII. */
    private boolean plainAscii = true;
    /** A bit for each character below U+10000: whether a rule begins with it, or UTF-8 has it not in three bytes. */
    private final long[] begins = new long[0x10000 / Long.SIZE];

    /**
     * A normalizer.
     *
     * @param suffix whether white space ends pieces, so that the dummy space goes behind the text
     * @param userDefined texts that nothing is done to
     * @param name what to call the model in errors
     * @throws org.alluvium.contracts.error.DataException if the rules are damaged
     */
    Normalizer(NormalizerSpec spec, boolean suffix, List<String> userDefined, String name) {
        this.spec = spec;
        this.suffix = suffix;
        this.rules = CharsMap.of(spec.charsMap(), name);
        byte[][] keys = new byte[userDefined.size()][];
        int[] values = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = userDefined.get(i).getBytes(StandardCharsets.UTF_8);
        }
        this.kept = PieceTrie.of(keys, values);
        this.space = spec.escapeWhitespaces() ? SPACE_SYMBOL : SPACE;
        fillTables();
    }

    private void fillTables() {
        byte[] key = new byte[3];
        for (int b = 0; b < 128; b++) {
            key[0] = (byte) b;
            ascii[b] = PLAIN;
            if (leads(key, 1)) {
                boolean alone = kept.find(key, 0, 1) != PieceTrie.NONE || rules.longest(key, 0, 1) != 0;
                for (int next = 0; next < 128 && !alone; next++) {
                    key[1] = (byte) next;
                    alone = leads(key, 2);
                }
                ascii[b] = alone ? ASK : PLAIN_BEFORE_ASCII;
                plainAscii &= !alone || !Swar.isPrintable(b);
            }
        }
        Arrays.fill(begins, 0, 0x800 / Long.SIZE, -1L);
        Arrays.fill(begins, 0xd800 / Long.SIZE, 0xe000 / Long.SIZE, -1L);
        for (int c = 0x800; c < 0x10000; c++) {
            key[0] = (byte) (0xe0 | (c >> 12));
            key[1] = (byte) (0x80 | ((c >> 6) & 0x3f));
            key[2] = (byte) (0x80 | (c & 0x3f));
            if (leads(key, 3)) {
                begins[c >> 6] |= 1L << c;
            }
        }
    }

    private boolean leads(byte[] key, int length) {
        long node = kept.root;
        int at = 0;
        while (at < length) {
            int b = key[at] & 0xff;
            node = kept.nodes[PieceTrie.offset(node) ^ b];
            if (PieceTrie.label(node) != b) {
                break;
            }
            at++;
        }
        return at == length || rules.leads(key, length);
    }

    /** Normalizes a text; with {@code origins}, also tells where each byte comes from, counted from {@code from}. */
    void normalize(byte[] in, int from, int to, NormalizedText out, boolean origins) {
        // Three bytes for one: a space becomes U+2581, a bad byte U+FFFD. What rules put in is made room for as it
        // comes.
        out.begin(room(to - from), origins);
        boolean mergeSpaces = spec.removeExtraWhitespaces();
        int at = mergeSpaces ? skipSpaces(in, from, to, out) : from;
        int end = at - from;
        if (at < to) {
            if (!suffix && spec.addDummyPrefix()) {
                put(out, end);
            }
            out.afterSpace = mergeSpaces;
            while (at < to) {
                at = copy(in, from, at, to, out);
                if (at < to) {
                    at += rewrite(in, from, at, to, out);
                }
            }
            end = mergeSpaces ? dropTrailingSpaces(out, to - from) : to - from;
            if (suffix && spec.addDummyPrefix()) {
                put(out, end);
            }
        }
        if (origins) {
            out.origins[out.length] = end;
        }
    }

    private static int room(int rest) {
        return Math.addExact(Math.multiplyExact(3, rest), 2 * SPACE_SYMBOL.length + SLACK);
    }

    /** Copies as much text as no rule can touch; gives the place where one may. */
    private int copy(byte[] in, int from, int start, int to, NormalizedText out) {
        byte[] bytes = out.bytes;
        int[] origins = out.origins;
        boolean merge = spec.removeExtraWhitespaces();
        boolean inWords = plainAscii && origins == null;
        boolean afterSpace = out.afterSpace;
        int length = out.length;
        int at = start;
        while (at < to) {
            byte b = in[at];
            if (b >= 0) {
                if (inWords && b > ' ' && at + Long.BYTES < to) {
                    int count = copyPrintable(in, at, bytes, length);
                    if (count > 0) {
                        at += count;
                        length += count;
                        afterSpace = false;
                        continue;
                    }
                }
                byte kind = ascii[b];
                if (kind == ASK || (kind == PLAIN_BEFORE_ASCII && at + 1 < to && in[at + 1] < 0)) {
                    break;
                }
                if (b != ' ') {
                    if (origins != null) {
                        origins[length] = at - from;
                    }
                    bytes[length++] = b;
                    afterSpace = false;
                } else if (!afterSpace) {
                    out.length = length;
                    put(out, at - from);
                    length = out.length;
                    afterSpace = merge;
                }
                at++;
            } else if (isPlainOfThree(in, at, to)) {
                if (origins != null) {
                    Arrays.fill(origins, length, length + 3, at - from);
                }
                Swar.copyInt(in, at, bytes, length);
                length += 3;
                at += 3;
                afterSpace = false;
            } else {
                break;
            }
        }
        out.length = length;
        out.afterSpace = afterSpace;
        return at;
    }

    /**
     * Copies the printable bytes of ASCII among the next eight, but not the last before a character that it may be one with; gives
     * their number. What is written behind them means nothing.
     */
    private int copyPrintable(byte[] in, int at, byte[] out, int length) {
        long word = Swar.get(in, at);
        Swar.put(out, length, word);
        int count = Swar.printable(word);
        return count > 0 && in[at + count] < 0 && ascii[in[at + count - 1]] != PLAIN ? count - 1 : count;
    }

    private boolean isPlainOfThree(byte[] in, int at, int to) {
        if (to - at < Integer.BYTES) {
            return false;
        }
        int c = Swar.characterOfThree(in, at);
        return c >= 0 && (begins[c >> 6] >>> c & 1) == 0;
    }

    /** Appends what the text at a place is rewritten to; gives the length of what was rewritten. */
    private int rewrite(byte[] in, int from, int at, int to, NormalizedText out) {
        int length = step(in, at, to, out);
        byte[] text = out.stepText;
        int next = out.stepFrom;
        int end = out.stepTo;
        while (out.afterSpace && next < end && text[next] == ' ') {
            next++;
        }
        if (next == end) {
            return length;
        }
        out.afterSpace = spec.removeExtraWhitespaces() && text[end - 1] == ' ';
        out.ensure(out.length + room(end - next) + room(to - at));
        for (; next < end; next++) {
            if (text[next] == ' ') {
                put(out, at - from);
            } else {
                if (out.origins != null) {
                    out.origins[out.length] = at - from;
                }
                out.bytes[out.length++] = text[next];
            }
        }
        return length;
    }

    /** Finds what the text at a place is rewritten to, in the step of {@code out}; gives the length of what is rewritten. */
    private int step(byte[] in, int at, int to, NormalizedText out) {
        int keptLength = kept.longest(in, at, to);
        if (keptLength > 0) {
            out.step(in, at, at + keptLength);
            return keptLength;
        }
        long rule = rules.longest(in, at, to);
        if (rule != 0) {
            byte[] texts = rules.texts();
            int start = (int) rule;
            int end = start;
            while (texts[end] != 0) {
                end++;
            }
            out.step(texts, start, end);
            return (int) (rule >>> 32);
        }
        int length = Utf8.length(in, at, to);
        if (length == 0) {
            out.step(REPLACEMENT, 0, REPLACEMENT.length);
            return 1;
        }
        out.step(in, at, at + length);
        return length;
    }

    private int skipSpaces(byte[] in, int from, int to, NormalizedText out) {
        int at = from;
        while (at < to) {
            int length = step(in, at, to, out);
            if (out.stepTo - out.stepFrom != 1 || out.stepText[out.stepFrom] != ' ') {
                break;
            }
            at += length;
        }
        return at;
    }

    /** Takes spaces off the end, those that were U+2581 in the input too; gives where the text ends in the input. */
    private int dropTrailingSpaces(NormalizedText out, int inputEnd) {
        int end = inputEnd;
        int width = space.length;
        while (out.length >= width && Arrays.equals(out.bytes, out.length - width, out.length, space, 0, width)) {
            out.length -= width;
            end = out.origins == null ? end : out.origins[out.length];
        }
        return end;
    }

    private void put(NormalizedText out, int origin) {
        if (out.origins == null && spec.escapeWhitespaces()) {
            Swar.putInt(out.bytes, out.length, SPACE_SYMBOL_WORD);
            out.length += SPACE_SYMBOL.length;
            return;
        }
        for (byte b : space) {
            if (out.origins != null) {
                out.origins[out.length] = origin;
            }
            out.bytes[out.length++] = b;
        }
    }
}
