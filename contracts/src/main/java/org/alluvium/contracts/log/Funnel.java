package org.alluvium.contracts.log;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records that were read: {@code read = accepted + sum(duplicatesByKind) + sum(rejected) +
 * sum(skipped) + deleted}.
 *
 * @param read records read from the sources
 * @param accepted documents written to shards
 * @param duplicatesByKind documents dropped because of one that had been seen, by what they had in common: {@code exact},
 *     {@code near}, {@code url}
 * @param rejected records that are not in the corpus for what they are, by reason: a dead letter's is one word, such as
 *     {@code not_json}, a filter's is {@code filter.rule}
 * @param skipped records that hold no document and are nothing to worry about, by reason
 * @param deleted records that say that a document is to be deleted
 * @param edits how often what was changed in documents, whatever became of them then, by {@code filter.edit}
 */
public record Funnel(
        long read,
        long accepted,
        Map<String, Long> duplicatesByKind,
        Map<String, Long> rejected,
        Map<String, Long> skipped,
        long deleted,
        Map<String, Long> edits) {

    public static final Funnel EMPTY = new Funnel(0, 0, Map.of(), Map.of(), Map.of(), 0, Map.of());

    public Funnel {
        duplicatesByKind = Map.copyOf(duplicatesByKind);
        rejected = Map.copyOf(rejected);
        skipped = Map.copyOf(skipped);
        edits = Map.copyOf(edits);
    }

    /** The counts of both together. */
    public Funnel plus(Funnel other) {
        return new Funnel(
                read + other.read,
                accepted + other.accepted,
                sum(duplicatesByKind, other.duplicatesByKind),
                sum(rejected, other.rejected),
                sum(skipped, other.skipped),
                deleted + other.deleted,
                sum(edits, other.edits));
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others) {
        Map<String, Long> sum = new TreeMap<>(some);
        others.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }

    /** Duplicates of all kinds. */
    public long duplicates() {
        return total(duplicatesByKind);
    }

    /** Rejected records that went to the dead letters. */
    public long deadLetters() {
        return total(rejected) - filtered();
    }

    /** Documents that filters dropped. */
    public long filtered() {
        return rejected.entrySet().stream()
                .filter(entry -> entry.getKey().indexOf('.') >= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether nothing was lost between reading and the ways out. */
    public boolean balances() {
        return read == accepted + duplicates() + total(rejected) + total(skipped) + deleted;
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
