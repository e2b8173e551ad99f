package org.alluvium.dashboard.corpus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.MixtureShare;

/**
 * When the weights of a corpus' mixture changed, as its commits tell. A source that appears changes nothing of those that were
 * there. Of one whose tasks read the weights at different moments a commit tells both; it counts as changed. Not thread-safe.
 */
final class MixtureHistory {

    private static final int MOST = 1_000;

    private final Map<String, Double> epochs = new TreeMap<>();
    private final Deque<MixtureChange> changes = new ArrayDeque<>();

    /** Takes the next commit of the log. */
    void add(LogEntry.Commit commit) {
        Map<String, Set<Double>> told = new TreeMap<>();
        for (MixtureShare share : commit.mixture()) {
            told.computeIfAbsent(share.source(), source -> new TreeSet<>()).add(share.epochs());
        }
        List<MixtureChange.Source> changed = new ArrayList<>();
        told.forEach((source, values) -> {
            double before = epochs.getOrDefault(source, Double.NaN);
            double now =
                    values.stream().filter(value -> value != before).findFirst().orElse(before);
            if (!Double.isNaN(before) && now != before) {
                changed.add(new MixtureChange.Source(source, before, now));
            }
            epochs.put(source, now);
        });
        if (!changed.isEmpty()) {
            changes.addLast(new MixtureChange(commit.sequence(), changed));
            if (changes.size() > MOST) {
                changes.removeFirst();
            }
        }
    }

    /** The newest of them, oldest first. */
    List<MixtureChange> changes() {
        return List.copyOf(changes);
    }
}
