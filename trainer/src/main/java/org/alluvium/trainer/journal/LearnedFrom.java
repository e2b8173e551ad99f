package org.alluvium.trainer.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;

/**
 * What a run has of some documents: which of its steps learned from them, which of its checkpoints hold that, and where it could
 * go on without. Steps that were undone do not count.
 *
 * @param steps that learned from one of the documents, in ascending order
 * @param documents of them that were learned from
 * @param holding steps of the checkpoints that are after the first of these, in ascending order
 * @param clean the last checkpoint before it; empty if none is left, or nothing was learned
 * @param newest the newest checkpoint; empty if there is none
 */
public record LearnedFrom(
        List<Long> steps, int documents, List<Long> holding, Optional<Checkpoint> clean, Optional<Checkpoint> newest) {

    public LearnedFrom {
        steps = List.copyOf(steps);
        holding = List.copyOf(holding);
    }

    /** Looks through a run. */
    public static LearnedFrom of(RunLayout run, Set<String> ids) {
        NavigableMap<Long, Set<String>> found = steps(run.journal(), ids);
        Set<String> documents = new HashSet<>();
        found.values().forEach(documents::addAll);
        List<Checkpoint> checkpoints = new CheckpointFolder(run)
                .paths().stream()
                        .filter(path -> Files.exists(path.resolve("MANIFEST.json")))
                        .map(Checkpoint::open)
                        .sorted(Comparator.comparingLong(Checkpoint::step))
                        .toList();
        long first = found.isEmpty() ? Long.MAX_VALUE : found.firstKey();
        return new LearnedFrom(
                List.copyOf(found.keySet()),
                documents.size(),
                checkpoints.stream()
                        .map(Checkpoint::step)
                        .filter(step -> step >= first)
                        .toList(),
                found.isEmpty()
                        ? Optional.empty()
                        : checkpoints.stream()
                                .filter(checkpoint -> checkpoint.step() < first)
                                .reduce((one, later) -> later),
                checkpoints.stream().reduce((one, later) -> later));
    }

    /** Steps from where the run can go back to, or its beginning, to its newest checkpoint: what learning again takes. */
    public long stepsAgain() {
        return newest.map(Checkpoint::step).orElse(0L)
                - clean.map(Checkpoint::step).orElse(0L);
    }

    /** Input tokens of these steps. */
    public long tokensAgain() {
        return newest.map(LearnedFrom::tokens).orElse(0L)
                - clean.map(LearnedFrom::tokens).orElse(0L);
    }

    private static long tokens(Checkpoint checkpoint) {
        return checkpoint.state().progress().tokens();
    }

    /** Steps that count and name one of the documents, and which of them. */
    private static NavigableMap<Long, Set<String>> steps(Path journal, Set<String> ids) {
        NavigableMap<Long, Set<String>> found = new TreeMap<>();
        if (ids.isEmpty() || !Files.exists(journal)) {
            return found;
        }
        try (RecordedSteps steps = RecordedSteps.of(journal)) {
            steps.forEachRemaining(line -> {
                Set<String> named = JournalLine.parts(line.text()).stream()
                        .map(JournalLine.Part::id)
                        .filter(ids::contains)
                        .collect(Collectors.toSet());
                if (!named.isEmpty()) {
                    found.put(line.step(), named);
                }
            });
        }
        return found;
    }
}
