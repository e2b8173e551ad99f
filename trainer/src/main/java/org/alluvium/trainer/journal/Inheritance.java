package org.alluvium.trainer.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.RunLayout;

/**
 * What a run has of some documents by the model that it began with ({@code train.initFrom}), before its own first step.
 *
 * @param model that it began with; empty if it began anew
 * @param maker the run that made this model, or the one before it that learned from one of the documents; empty if nothing says
 *     that one of the runs that were looked through did
 * @param step of the maker after which the model was written
 * @param steps of it that learned from one of the documents
 */
public record Inheritance(Optional<Path> model, Optional<RunLayout> maker, long step, List<Long> steps) {

    private static final String INIT_FROM = "train.initFrom";

    public Inheritance {
        steps = List.copyOf(steps);
    }

    /** Whether the model had learned from one of the documents. */
    public boolean holds() {
        return !steps.isEmpty();
    }

    /** Looks which of the others made the model, and what it had learned by then, or had inherited itself. */
    static Inheritance of(RunLayout run, List<RunLayout> others, Predicate<JournalLine.Part> wanted) {
        Optional<Path> model = model(run.events());
        Optional<ModelOrigin> origin = model.flatMap(ModelOrigin::find);
        Optional<RunLayout> maker = origin.flatMap(from -> others.stream()
                .filter(other -> !other.equals(run))
                .filter(from::isOf)
                .findFirst());
        if (maker.isEmpty()) {
            return new Inheritance(model, Optional.empty(), 0, List.of());
        }
        List<Long> steps = List.copyOf(
                LearnedFrom.steps(maker.get().journal(), origin.get().journalBytes(), wanted)
                        .keySet());
        if (!steps.isEmpty()) {
            return new Inheritance(model, maker, origin.get().step(), steps);
        }
        Inheritance before = of(
                maker.get(), others.stream().filter(other -> !other.equals(run)).toList(), wanted);
        return before.model().isEmpty()
                ? new Inheritance(model, maker, origin.get().step(), List.of())
                : before;
    }

    /** What the run's first process said that it began with. */
    private static Optional<Path> model(Path events) {
        return EventReader.first(events)
                .filter(event -> event.type().equals("start"))
                .map(event -> event.fields().get("settings"))
                .map(settings -> settings instanceof Map<?, ?> values ? values.get(INIT_FROM) : null)
                .map(value -> Path.of(value.toString()));
    }
}
