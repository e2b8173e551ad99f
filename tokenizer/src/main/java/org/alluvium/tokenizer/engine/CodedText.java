package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/**
 * A part of a text as the codes of its characters, and where each begins. The memory of one thread, which grows with the longest
 * part.
 */
final class CodedText {

    /** Memory for more characters is given back. */
    private static final int KEPT = 1 << 16;

    /** The code of every character, and behind the last one that of a character that no piece has. */
    int[] codes = new int[1 << 10];

    /** Where every character begins, and behind the last one, where the part ends. */
    int[] places = new int[1 << 10];

    /** How many characters there are. */
    int length;

    private final Alphabet alphabet;

    CodedText(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    /** Takes a part of well-formed UTF-8. */
    void set(byte[] text, int from, int to) {
        clear();
        ensure(to - from + 1);
        int count = 0;
        for (int at = from; at < to; ) {
            int character = Characters.at(text, at, to);
            codes[count] = alphabet.code(character);
            places[count++] = at;
            at += Characters.length(character);
        }
        codes[count] = Alphabet.OTHER;
        places[count] = to;
        length = count;
    }

    private void clear() {
        length = 0;
        if (codes.length > KEPT) {
            codes = new int[KEPT];
            places = new int[KEPT];
        }
    }

    private void ensure(int room) {
        if (codes.length < room) {
            codes = Arrays.copyOf(codes, room + room / 2);
            places = Arrays.copyOf(places, room + room / 2);
        }
    }

    /**
     * Takes characters from U+3000 on, and what no cut parts from them: up to the first cut with another character
     * behind it, or that comes after {@code some} characters.
     *
     * @return where the part ends
     */
    int setDense(byte[] text, int from, int to, int some, Cuts cuts) {
        clear();
        ensure(some + 1);
        int at = from;
        int count = 0;
        while (at < to) {
            int first = text[at];
            if (Characters.isDense(text[at]) && count < some) {
                codes[count] = alphabet.code((first & 0x0f) << 12 | (text[at + 1] & 0x3f) << 6 | (text[at + 2] & 0x3f));
                places[count++] = at;
                at += 3;
                continue;
            }
            int character = Characters.at(text, at, to);
            if (count > 0 && !cuts.joined(before(text, at), character)) {
                break;
            }
            ensure(count + 2);
            codes[count] = alphabet.code(character);
            places[count++] = at;
            at += Characters.length(character);
        }
        codes[count] = Alphabet.OTHER;
        places[count] = at;
        length = count;
        return at;
    }

    /** The character that ends before a place. */
    private static int before(byte[] text, int place) {
        int at = place - 1;
        while ((text[at] & 0xc0) == 0x80) {
            at--;
        }
        return Characters.at(text, at, place);
    }
}
