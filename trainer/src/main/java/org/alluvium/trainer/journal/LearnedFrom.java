package org.alluvium.trainer.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.RunPosition;

/**
 * What a run has of some documents: which of its steps learned from them, which of its checkpoints hold that, and where it could
 * go on without. Steps that were undone or skipped do not count.
 *
 * @param steps that learned from one of the documents, in ascending order
 * @param documents of them that were learned from
 * @param inherited what the model had of them that the run began with
 * @param holding steps of the checkpoints that are after the first of these, in ascending order
 * @param clean the last checkpoint before it; empty if none is left, or nothing was learned
 * @param newest the newest checkpoint; empty if there is none
 * @param wentBack whether the run went back to the clean checkpoint before, for another reason
 * @param tokenSeconds what a token took in the newest steps, without waiting for documents; empty if no event tells
 */
public record LearnedFrom(
        List<Long> steps,
        int documents,
        Inheritance inherited,
        List<Long> holding,
        Optional<Checkpoint> clean,
        Optional<Checkpoint> newest,
        boolean wentBack,
        OptionalDouble tokenSeconds) {

    /** Of the events so many bytes are read for the newest steps: some thousand of these. */
    private static final long NEWEST_EVENTS = 1 << 20;

    public LearnedFrom {
        steps = List.copyOf(steps);
        holding = List.copyOf(holding);
    }

    /**
     * Looks through a run.
     *
     * @param others runs, one of which may have made the model that this one began with
     * @param wanted which documents, by what steps took of them
     */
    public static LearnedFrom of(RunLayout run, List<RunLayout> others, Predicate<JournalLine.Part> wanted) {
        NavigableMap<Long, Set<String>> found = steps(run.journal(), Long.MAX_VALUE, wanted);
        Inheritance inherited = Inheritance.of(run, others, wanted);
        long first = inherited.holds() ? 0 : found.isEmpty() ? Long.MAX_VALUE : found.firstKey();
        List<Checkpoint> checkpoints = new CheckpointFolder(run)
                .paths().stream()
                        .filter(CheckpointManifest::isIn)
                        .map(Checkpoint::open)
                        .sorted(Comparator.comparingLong(Checkpoint::step))
                        .toList();
        Optional<Checkpoint> clean = first == Long.MAX_VALUE
                ? Optional.empty()
                : checkpoints.stream()
                        .filter(checkpoint -> checkpoint.step() < first)
                        .reduce((one, later) -> later);
        return new LearnedFrom(
                List.copyOf(found.keySet()),
                found.values().stream()
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet())
                        .size(),
                inherited,
                checkpoints.stream()
                        .map(Checkpoint::step)
                        .filter(step -> step >= first)
                        .toList(),
                clean,
                checkpoints.stream().reduce((one, later) -> later),
                clean.isPresent() && wentBack(run.journal(), clean.get().step()),
                tokenSeconds(run.events()));
    }

    /** Whether the run has nothing of the documents. */
    public boolean isNothing() {
        return steps.isEmpty() && !inherited.holds();
    }

    /** Steps from where the run can go back to, or its beginning, to its newest checkpoint: what learning again takes. */
    public long stepsAgain() {
        return isNothing()
                ? 0
                : newest.map(Checkpoint::step).orElse(0L)
                        - clean.map(Checkpoint::step).orElse(0L);
    }

    /** Input tokens of these steps. */
    public long tokensAgain() {
        return isNothing()
                ? 0
                : newest.map(LearnedFrom::tokens).orElse(0L)
                        - clean.map(LearnedFrom::tokens).orElse(0L);
    }

    /** Seconds that they take if they are as fast as the newest ones were; empty if no event tells. */
    public OptionalDouble secondsAgain() {
        return tokenSeconds.isPresent()
                ? OptionalDouble.of(tokenSeconds.getAsDouble() * tokensAgain())
                : OptionalDouble.empty();
    }

    private static long tokens(Checkpoint checkpoint) {
        return checkpoint.state().progress().tokens();
    }

    private static boolean wentBack(Path journal, long step) {
        return JournalTail.after(RunPosition.START, journal).goneBack().stream()
                .anyMatch(line -> line.afterStep() == step);
    }

    private static OptionalDouble tokenSeconds(Path events) {
        List<Event> newest = EventReader.tail(events, NEWEST_EVENTS).poll().stream()
                .filter(event -> event.type().equals("step"))
                .toList();
        double tokens = newest.stream()
                .mapToDouble(event -> event.number("stepMillis", 0) * event.number("tokensPerSecond", 0) / 1e3)
                .sum();
        double millis = newest.stream()
                .mapToDouble(event -> event.number("stepMillis", 0) + event.number("asideMillis", 0))
                .sum();
        return tokens > 0 ? OptionalDouble.of(millis / 1e3 / tokens) : OptionalDouble.empty();
    }

    /**
     * Steps that count and took something of the documents, and of which.
     *
     * @param bytes of the journal that are read
     */
    static NavigableMap<Long, Set<String>> steps(Path journal, long bytes, Predicate<JournalLine.Part> wanted) {
        NavigableMap<Long, Set<String>> found = new TreeMap<>();
        if (!Files.exists(journal)) {
            return found;
        }
        try (RecordedSteps steps =
                RecordedSteps.of(journal, 0, JournalTail.between(RunPosition.START, bytes, journal))) {
            steps.forEachRemaining(line -> {
                Set<String> took = line.learned().stream()
                        .filter(wanted)
                        .map(part -> part.row().map(Object::toString).orElse(part.id()))
                        .collect(Collectors.toSet());
                if (!took.isEmpty()) {
                    found.put(line.step(), took);
                }
            });
        }
        return found;
    }
}
