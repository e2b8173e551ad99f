package org.alluvium.ingest.rule;

import java.util.Arrays;
import java.util.Optional;
import org.alluvium.ingest.words.Words;

/**
 * Sequences of n words that a text repeats. Nothing rests on a hash: whatever has the same one is compared.
 *
 * <p>Two questions are asked of them, and for each the reference has its own idea of when two are the same.
 *
 * <p>{@link #top}: they have the same words. So a sequence of n is known by the number of the sequence of its first n-1 words
 * and that of its last word, and each number is the position where the first such sequence begins; a table from such pairs to
 * positions is all that is needed. A sequence that occurs once needs none, for any longer one occurs once as well.
 *
 * <p>{@link #repeated}: they have the same characters once the words are joined by nothing, so {@code can not} is
 * {@code cannot} there. The words are packed into one array, of which the polynomial {@code sum of c[k] * B^k} modulo 2^64
 * is kept for every beginning that ends with a word. The hash of any sequence is the difference of two of these, divided by
 * the power of B that it begins with; B is odd, so that is a multiplication by a power of its inverse, which is kept beside.
 * Most positions are out of the question at once for every n: if the first {@link #HEAD} characters there occur at no other
 * word, and {@link #SHORTEST} words are at least as long, then no sequence that begins there is repeated.
 */
final class NGrams {

    /** Fewest words of a sequence that {@link #repeated} is asked about. */
    static final int SHORTEST = 5;

    private static final int HEAD = 12;
    private static final int HEAD_BASE = 0x01000193;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long INVERSE = inverse(BASE);

    private final Words words;
    private final int count;
    private final char[] packed;
    private final int[] offsets; // where word i begins in what is packed; of count + 1
    private final long[] sums; // the polynomial up to there
    private final long[] inverses; // B^-offset
    private final int[] table; // positions + 1
    private final int shift;

    private int n = 1;
    private int[] numbers; // of the sequences of n words, by where they begin
    private int[] counts; // how often they occur, by their number
    private final int[] last; // the numbers of single words
    private Optional<boolean[]> candidates = Optional.empty(); // where a repeated sequence may begin

    NGrams(Words words) {
        this.words = words;
        count = words.count();
        offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = offsets[i] + words.end(i) - words.start(i);
        }
        packed = new char[offsets[count]];
        sums = new long[count + 1];
        inverses = new long[count + 1];
        pack();
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, count)); // at most half full
        table = new int[1 << bits];
        shift = Long.SIZE - bits;
        last = new int[count];
        counts = new int[count];
        for (int i = 0; i < count; i++) {
            last[i] = enter(i, 1);
            counts[last[i]]++;
        }
        numbers = last;
    }

    private void pack() {
        long power = 1;
        long inverse = 1;
        long sum = 0;
        inverses[0] = 1;
        for (int i = 0; i < count; i++) {
            words.text().getChars(words.start(i), words.end(i), packed, offsets[i]);
            for (int at = offsets[i]; at < offsets[i + 1]; at++) {
                sum += (packed[at] + 1) * power;
                power *= BASE;
                inverse *= INVERSE;
            }
            sums[i + 1] = sum;
            inverses[i + 1] = inverse;
        }
    }

    /**
     * Code points of the most frequent sequence of n words, joined by single spaces, times how often it occurs; of those that
     * are equally frequent the first counts. If there are not even n words, 0.
     *
     * @param n at least that of the call before
     */
    long top(int n) {
        if (count < n) {
            return 0;
        }
        while (this.n < n) {
            lengthen();
        }
        int top = 0;
        for (int i = 1; i <= count - n; i++) {
            top = counts[i] > counts[top] ? i : top;
        }
        return (codePoints(top, n) + n - 1L) * counts[top];
    }

    /** Numbers and counts the sequences of one word more. */
    private void lengthen() {
        Arrays.fill(table, 0);
        int[] longer = new int[count];
        int[] longerCounts = new int[count];
        for (int i = 0; i < count - n; i++) {
            longer[i] = counts[numbers[i]] == 1 ? i : enterLonger(i);
            longerCounts[longer[i]]++;
        }
        numbers = longer;
        counts = longerCounts;
        n++;
    }

    /** Where the first sequence with the same words as that of n + 1 words at i begins; i is remembered if it is that. */
    private int enterLonger(int i) {
        int slot = slot(((long) numbers[i] << Integer.SIZE) | last[i + n]);
        for (int at = table[slot] - 1; at >= 0; at = table[slot] - 1) {
            if (numbers[at] == numbers[i] && last[at + n] == last[i + n]) {
                return at;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = i + 1;
        return i;
    }

    /**
     * Code points of the sequences of n words that occurred before, joined by nothing. It goes on behind such a sequence, and
     * at the next word behind any other; only the latter are remembered.
     *
     * @param n at least {@link #SHORTEST}
     */
    long repeated(int n) {
        boolean[] candidate = candidates.orElseGet(this::findCandidates);
        candidates = Optional.of(candidate);
        Arrays.fill(table, 0);
        long repeated = 0;
        for (int i = 0; i <= count - n; ) {
            if (!candidate[i] || enter(i, n) == i) {
                i++;
            } else {
                repeated += codePoints(i, n);
                i += n;
            }
        }
        return repeated;
    }

    private boolean[] findCandidates() {
        Arrays.fill(table, 0);
        boolean[] candidate = new boolean[count];
        int[] heads = new int[count];
        for (int i = 0; i <= count - SHORTEST; i++) {
            candidate[i] = offsets[i + SHORTEST] - offsets[i] < HEAD;
            if (offsets[i] + HEAD > packed.length) {
                continue; // and so it is a candidate
            }
            heads[i] = head(offsets[i]);
            int slot = slot(heads[i]);
            while (table[slot] != 0 && heads[table[slot] - 1] != heads[i]) {
                slot = (slot + 1) & (table.length - 1);
            }
            if (table[slot] == 0) {
                table[slot] = i + 1;
            } else {
                candidate[table[slot] - 1] = true;
                candidate[i] = true;
            }
        }
        return candidate;
    }

    private int head(int from) {
        int hash = 0;
        for (int at = from; at < from + HEAD; at++) {
            hash = hash * HEAD_BASE + packed[at];
        }
        return hash;
    }

    /** Where the first sequence with the same characters as that of n words at i begins; i is remembered if it is that. */
    private int enter(int i, int n) {
        long hash = hash(i, n);
        int slot = slot(hash);
        for (int at = table[slot] - 1; at >= 0; at = table[slot] - 1) {
            if (hash(at, n) == hash && haveSameCharacters(at, i, n)) {
                return at;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = i + 1;
        return i;
    }

    private boolean haveSameCharacters(int a, int b, int n) {
        return Arrays.equals(packed, offsets[a], offsets[a + n], packed, offsets[b], offsets[b + n]);
    }

    private long hash(int i, int n) {
        return (sums[i + n] - sums[i]) * inverses[i];
    }

    private int slot(long hash) {
        return (int) (((hash ^ (hash >>> 32)) * BASE) >>> shift);
    }

    private int codePoints(int i, int n) {
        return Character.codePointCount(packed, offsets[i], offsets[i + n] - offsets[i]);
    }

    /** The number that gives 1 modulo 2^64 when it is multiplied by an odd one, by Newton's iteration. */
    private static long inverse(long odd) {
        long inverse = odd; // right in its lowest three bits
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
