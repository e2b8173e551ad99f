package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * All words as sequences of symbols in one array, with gaps where symbols have grown together. A symbol lies where its first
 * character was; where its last one was it says where that is, so both neighbours are found at once. Not thread-safe.
 */
final class PairText {

    /** No place: before the first and behind the last symbol of a word. */
    static final int NONE = -1;

    private static final int GAP = -1;
    private static final int FIRST_BACK_REFERENCE = -2;

    private final Symbols symbols;
    private final Words words;
    private final int[] cells;
    private final int[] wordOf;

    /** @param characters the symbol of each code point */
    PairText(Words words, Symbols symbols, IntUnaryOperator characters) {
        this.symbols = symbols;
        this.words = words;
        int points = words.end(words.size() - 1);
        // A gap before, between and behind the words.
        this.cells = new int[points + words.size() + 1];
        this.wordOf = new int[cells.length];
        Arrays.fill(cells, GAP);
        for (int w = 0; w < words.size(); w++) {
            int first = words.start(w) + w + 1;
            for (int i = words.start(w); i < words.end(w); i++) {
                int cell = first + i - words.start(w);
                cells[cell] = characters.applyAsInt(words.points()[i]);
                wordOf[cell] = w;
            }
        }
    }

    /** Number of places, some of which hold nothing. */
    int length() {
        return cells.length;
    }

    /** The symbol that begins at a place; negative where none does. */
    int symbol(int at) {
        return cells[at];
    }

    /** How often the word of a place occurs. */
    long weight(int at) {
        return words.count(wordOf[at]);
    }

    /** The place of the next symbol of the word, or {@link #NONE}. */
    int next(int at) {
        int next = at + symbols.length[cells[at]];
        return cells[next] == GAP ? NONE : next;
    }

    /** The place of the symbol before, or {@link #NONE}. */
    int previous(int at) {
        int cell = cells[at - 1];
        if (cell == GAP) {
            return NONE;
        }
        return cell >= 0 ? at - 1 : FIRST_BACK_REFERENCE - cell;
    }

    /** Whether a pair is at a place. */
    boolean has(int pair, int at) {
        int first = symbols.left[pair];
        return cells[at] == first && cells[at + symbols.length[first]] == symbols.right[pair];
    }

    /** Lets a pair, which is at a place, be one symbol there. */
    void merge(int pair, int at) {
        int right = at + symbols.length[symbols.left[pair]];
        cells[right] = FIRST_BACK_REFERENCE - at;
        cells[at] = pair;
        int last = at + symbols.length[pair] - 1;
        cells[last] = FIRST_BACK_REFERENCE - at;
    }
}
