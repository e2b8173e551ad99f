package org.alluvium.bench.soak;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Which documents have come out of ingest, and how often. Thread-safe. */
final class Ledger {

    private final Map<String, Seen> feeds = new TreeMap<>();
    private long committed;
    private long repeated;

    /**
     * A document is in the log.
     *
     * @throws IllegalArgumentException if nobody fed it
     */
    synchronized void add(String id) {
        SoakDocument document = SoakDocument.of(id);
        Seen seen = feeds.computeIfAbsent(document.feed(), feed -> new Seen());
        committed++;
        if (!seen.add(document.number())) {
            repeated++;
        }
    }

    /** Lets waiting threads look: called now and then, rather than for every document. */
    synchronized void tell() {
        notifyAll();
    }

    /** Waits until so many different documents of a feed are in the log, or there is no more need to. */
    synchronized void await(String feed, long count, BooleanSupplier unneeded) throws InterruptedException {
        while (different(feed) < count && !unneeded.getAsBoolean()) {
            wait();
        }
    }

    /** Documents in the log, repeated ones as often as they are there. */
    synchronized long committed() {
        return committed;
    }

    /** Whether of each feed at least so many different documents are in the log. */
    synchronized boolean hasAllOf(Map<String, Long> offered) {
        return offered.entrySet().stream().allMatch(feed -> different(feed.getKey()) >= feed.getValue());
    }

    /** Whether of each feed the documents from 0 to the given count, and no others, are in the log, each once. */
    synchronized boolean hasEachOnce(Map<String, Long> offered) {
        boolean whole =
                offered.entrySet().stream().allMatch(feed -> of(feed.getKey()).isExactly(feed.getValue()));
        return whole
                && repeated == 0
                && committed
                        == offered.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What is there, in words. */
    synchronized String describe(Map<String, Long> offered) {
        StringBuilder words = new StringBuilder();
        offered.forEach((feed, count) -> words.append(
                "%s: %,d offered, %,d different ones in the log; ".formatted(feed, count, different(feed))));
        return words.append("%,d repeated".formatted(repeated)).toString();
    }

    private long different(String feed) {
        return of(feed).different;
    }

    private Seen of(String feed) {
        return feeds.getOrDefault(feed, new Seen());
    }

    /** The documents of a feed. Guarded by the ledger's monitor. */
    private static final class Seen {

        private final BitSet numbers = new BitSet();
        private long different;

        boolean add(int number) {
            boolean first = !numbers.get(number);
            if (first) {
                numbers.set(number);
                different++;
            }
            return first;
        }

        boolean isExactly(long count) {
            return different == count && numbers.length() == count;
        }
    }
}
