package org.alluvium.tokenizer.train;

import java.util.Arrays;

/**
 * The pairs among which the next one is chosen: the most frequent ones as of the last renewal, at least 1000 and a twentieth of
 * all, and those that came about since. The first of them is the most frequent, then the shortest, then the first by code points,
 * then the oldest.
 *
 * <p>SentencePiece's trainer looks at no more for the sake of time. Where it shows, when many pairs are equally rare, we keep to
 * it: which of the pairs with the smallest count that is taken are taken follows from the order of its map and from the heap that
 * its library selects with. Not thread-safe.
 */
final class ActivePairs {

    private static final int AT_LEAST = 1000;
    private static final float SHARE = 0.05f;

    /** Pairs counted less often are counted by their counts. */
    private static final int COUNTED = 1 << 12;

    /** With more pairs than this above the smallest count, those at it are never come to before the next renewal. */
    private static final int OUT_OF_REACH = 2000;

    private static final int FEW = 200_000;

    private final Symbols symbols;
    private int[] since = new int[1 << 10];
    private int renewals;
    private int[] heap = new int[1 << 10];
    private long[] keys = new long[1 << 10];
    private int size;

    ActivePairs(Symbols symbols) {
        this.symbols = symbols;
    }

    /** Adds a pair whose count is known. */
    void add(int pair) {
        if (isActive(pair)) {
            return;
        }
        push(pair);
        up(size - 1);
    }

    boolean isActive(int pair) {
        return pair < since.length && since[pair] == renewals;
    }

    /** The first pair, or {@link Symbols#NONE} where there is none; counts may have become smaller since. */
    int first() {
        while (size > 0) {
            int pair = heap[0];
            long count = symbols.count[pair];
            if (count == keys[0]) {
                return pair;
            }
            if (count < 0) {
                pop();
            } else {
                keys[0] = count;
                down(0);
            }
        }
        return Symbols.NONE;
    }

    /** Begins anew with the most frequent pairs; all counts must be known. */
    void renew() {
        renewals++;
        int[] histogram = new int[COUNTED];
        int pairs = 0;
        for (int symbol = 0; symbol < symbols.size(); symbol++) {
            long count = symbols.count[symbol];
            if (count >= 0) {
                histogram[(int) Math.min(count, COUNTED - 1)]++;
                pairs++;
            }
        }
        int wanted = Math.min(Math.max(AT_LEAST, (int) (symbols.order().size() * SHARE)), pairs);
        int above = 0;
        int smallest = COUNTED - 1;
        while (smallest > 0 && above + histogram[smallest] < wanted) {
            above += histogram[smallest--];
        }
        if (above + histogram[smallest] == wanted) {
            take(smallest);
        } else if (pairs <= FEW || above < OUT_OF_REACH || smallest == COUNTED - 1) {
            select(wanted);
        } else {
            take(smallest + 1L);
        }
    }

    /** Takes all pairs with at least this count. */
    private void take(long least) {
        size = 0;
        for (int symbol = 0; symbol < symbols.size(); symbol++) {
            if (symbols.count[symbol] >= least) {
                push(symbol);
            }
        }
        heapify();
    }

    private void push(int pair) {
        mark(pair);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
        }
        heap[size] = pair;
        keys[size++] = symbols.count[pair];
    }

    private void mark(int pair) {
        if (pair >= since.length) {
            since = Arrays.copyOf(since, Math.max(pair + 1, since.length + (since.length >> 1)));
        }
        since[pair] = renewals;
    }

    /** Takes what {@code std::partial_sort} of GCC's library would put first. */
    private void select(int wanted) {
        int[] all = new int[symbols.size()];
        int[] count = {0};
        symbols.order().forEach(symbol -> {
            if (symbols.count[symbol] >= 0) {
                all[count[0]++] = symbol;
            }
        });
        for (int parent = (wanted - 2) / 2; wanted > 1 && parent >= 0; parent--) {
            adjust(all, parent, wanted, all[parent]);
        }
        for (int i = wanted; i < count[0]; i++) {
            if (symbols.count[all[i]] > symbols.count[all[0]]) {
                int value = all[i];
                all[i] = all[0];
                adjust(all, 0, wanted, value);
            }
        }
        size = 0;
        for (int i = 0; i < wanted; i++) {
            push(all[i]);
        }
        heapify();
    }

    /** The library's way to put a value into a heap with a hole, the smallest first: down to a leaf, then up again. */
    private void adjust(int[] all, int hole, int length, int value) {
        int top = hole;
        int at = hole;
        int child = hole;
        while (child < (length - 1) / 2) {
            child = 2 * (child + 1);
            if (symbols.count[all[child]] > symbols.count[all[child - 1]]) {
                child--;
            }
            all[at] = all[child];
            at = child;
        }
        if (length % 2 == 0 && child == (length - 2) / 2) {
            child = 2 * (child + 1);
            all[at] = all[child - 1];
            at = child - 1;
        }
        int parent = (at - 1) / 2;
        while (at > top && symbols.count[all[parent]] > symbols.count[value]) {
            all[at] = all[parent];
            at = parent;
            parent = (at - 1) / 2;
        }
        all[at] = value;
    }

    private void heapify() {
        for (int i = size / 2 - 1; i >= 0; i--) {
            down(i);
        }
    }

    private void pop() {
        size--;
        heap[0] = heap[size];
        keys[0] = keys[size];
        if (size > 0) {
            down(0);
        }
    }

    private void up(int from) {
        int at = from;
        while (at > 0 && isBefore(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void down(int from) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, at)) {
                return;
            }
            swap(child, at);
            at = child;
        }
    }

    private void swap(int a, int b) {
        int pair = heap[a];
        heap[a] = heap[b];
        heap[b] = pair;
        long key = keys[a];
        keys[a] = keys[b];
        keys[b] = key;
    }

    private boolean isBefore(int a, int b) {
        if (keys[a] != keys[b]) {
            return keys[a] > keys[b];
        }
        int first = heap[a];
        int second = heap[b];
        if (symbols.length[first] != symbols.length[second]) {
            return symbols.length[first] < symbols.length[second];
        }
        int difference = symbols.compareText(first, second);
        return difference < 0 || (difference == 0 && first < second);
    }
}
