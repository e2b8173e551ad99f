package org.alluvium.dashboard.corpus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.log.LogEntry;

/**
 * Entries of the log in which records were left out for a reason, so that a few of these are found without reading the log
 * through. The first entries count too: of what filters drop a sample is kept, and it is full early. Not thread-safe.
 */
final class ReasonEntries {

    private static final int FIRST = 16;
    private static final int NEWEST = 48;

    private final Map<String, Entries> byReason = new HashMap<>();

    private static final class Entries {
        private final List<Long> first = new ArrayList<>();
        private final Deque<Long> newest = new ArrayDeque<>();

        private void add(long entry) {
            if (first.size() < FIRST) {
                first.add(entry);
            }
            newest.addFirst(entry);
            if (newest.size() > NEWEST) {
                newest.removeLast();
            }
        }
    }

    /** Takes the next commit of the log. */
    void add(LogEntry.Commit commit) {
        commit.funnel()
                .rejected()
                .keySet()
                .forEach(reason ->
                        byReason.computeIfAbsent(reason, name -> new Entries()).add(commit.sequence()));
    }

    /** The newest, newest first, and then the first ones. */
    List<Long> of(String reason) {
        Entries entries = byReason.getOrDefault(reason, new Entries());
        Set<Long> all = new LinkedHashSet<>(entries.newest);
        all.addAll(entries.first);
        return List.copyOf(all);
    }
}
