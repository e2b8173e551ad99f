package org.alluvium.contracts.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.log.LogEntry.Fence;

/**
 * The shard families of a log. They are found by the links from entry to fence, without reading the commits between. Entries of
 * releases that knew no families belong to {@link Family#MAIN}, whose recipe their fences do not tell.
 */
public final class Families {

    private Families() {}

    /** The newest fence of a family, looking back from an entry, with it; empty if no fence names the family. */
    public static Optional<Fence> newest(ShardLog log, LogEntry from, String name) {
        for (Optional<Fence> fence = fenceOf(log, from); fence.isPresent(); fence = before(log, fence.get())) {
            if (fence.get()
                    .family()
                    .filter(family -> family.name().equals(name))
                    .isPresent()) {
                return fence;
            }
        }
        return Optional.empty();
    }

    /** Name of the family that an entry belongs to. */
    public static String of(ShardLog log, LogEntry entry) {
        return recipe(log, entry).map(Family::name).orElse(Family.MAIN);
    }

    /** Recipe of the family that an entry belongs to; empty if it was written when there were none. */
    public static Optional<Family> recipe(ShardLog log, LogEntry entry) {
        return fenceOf(log, entry).flatMap(Fence::family);
    }

    /** Whether rows of an entry can be read with a vocabulary, as far as the log tells: its shards tell for sure. */
    public static boolean isMadeWith(String tokenizer, ShardLog log, LogEntry entry) {
        return recipe(log, entry)
                .map(family -> family.tokenizer().equals(tokenizer))
                .orElse(true);
    }

    /** Name of the family that the log begins with; empty for an empty log. */
    public static Optional<String> first(ShardLog log) {
        return log.find(0).map(entry -> of(log, entry));
    }

    /** The newest recipes of all families that have one, by name, in the order in which they were used last. */
    public static Map<String, Family> all(ShardLog log) {
        List<Family> newestFirst = new ArrayList<>();
        OptionalLong last = log.lastSequence();
        Optional<Fence> fence = last.isEmpty() ? Optional.empty() : fenceOf(log, log.read(last.getAsLong()));
        for (; fence.isPresent(); fence = before(log, fence.get())) {
            fence.get().family().ifPresent(newestFirst::add);
        }
        Collections.reverse(newestFirst);
        Map<String, Family> all = new LinkedHashMap<>();
        for (Family family : newestFirst) {
            all.remove(family.name());
            all.put(family.name(), family);
        }
        return all;
    }

    /** The newest commit with shards of the time when there were no families; empty if there is none. */
    public static Optional<LogEntry.Commit> newestBefore(ShardLog log) {
        long sequence = log.lastSequence().orElse(-1);
        Optional<Fence> fence = sequence < 0 ? Optional.empty() : fenceOf(log, log.read(sequence));
        for (; fence.flatMap(Fence::family).isPresent(); fence = before(log, fence.get())) {
            sequence = fence.get().sequence() - 1;
        }
        for (; sequence >= 0; sequence--) {
            if (log.read(sequence) instanceof LogEntry.Commit commit
                    && !commit.shards().isEmpty()) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    private static Optional<Fence> fenceOf(ShardLog log, LogEntry entry) {
        return entry instanceof Fence fence ? Optional.of(fence) : before(log, entry);
    }

    private static Optional<Fence> before(ShardLog log, LogEntry entry) {
        OptionalLong link = entry.history().fence();
        return link.isPresent() ? Optional.of((Fence) log.read(link.getAsLong())) : Optional.empty();
    }
}
