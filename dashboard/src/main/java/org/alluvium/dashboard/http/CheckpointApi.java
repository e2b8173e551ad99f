package org.alluvium.dashboard.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.dashboard.checkpoint.CheckpointComparison;
import org.alluvium.dashboard.checkpoint.CheckpointShelf;
import org.alluvium.dashboard.checkpoint.TensorChange;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.trainer.checkpoint.Checkpoint;

/**
 * What pages ask of checkpoints, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/checkpoints?run=          checkpoints: {@link CheckpointShelf.Entry}, oldest first
 * /api/verify?run=&amp;step=     the same of one, after its digests were compared
 * /api/compare?run=&amp;a=&amp;b=    tensors: {@link TensorChange} from step a to step b
 * </pre>
 */
final class CheckpointApi {

    // Parameters of questions about one checkpoint and about two.
    private static final List<String> ONE = List.of("step");
    private static final List<String> TWO = List.of("a", "b");

    private final Map<String, CheckpointShelf> shelves;
    private final Workshop workshop;

    /**
     * Answers for the checkpoints of runs.
     *
     * @param shelves by the runs' names; the first is the one that is shown where none is named
     */
    CheckpointApi(Map<String, CheckpointShelf> shelves, Workshop workshop) {
        this.shelves = new LinkedHashMap<>(shelves);
        this.workshop = workshop;
    }

    private record Comparison(List<TensorChange> tensors) {}

    Map<String, Question> questions() {
        return Map.of(
                "/api/checkpoints",
                        query -> Reply.json(Map.of("checkpoints", shelf(query).entries())),
                "/api/verify", query -> Reply.json(shelf(query).verify(checkpoint(query, "step"))),
                "/api/compare", this::compare);
    }

    /**
     * The same questions, which say so if what they are about is deleted while it is read: a live run replaces its temporary
     * checkpoints.
     */
    Map<String, Question> whileThere(Map<String, Question> questions) {
        Map<String, Question> careful = new LinkedHashMap<>();
        questions.forEach((path, question) -> careful.put(path, query -> {
            try {
                return question.answer(query);
            } catch (AlluviumException e) {
                (query.has("step") ? ONE : TWO).stream().filter(query::has).forEach(name -> checkpoint(query, name));
                throw e;
            }
        }));
        return careful;
    }

    private Reply compare(Query query) throws InterruptedException {
        Checkpoint former = checkpoint(query, "a");
        Checkpoint latter = checkpoint(query, "b");
        return Reply.json(workshop.ask(
                Comparison.class,
                question("compare", former, latter),
                model -> new Comparison(CheckpointComparison.of(former, latter))));
    }

    /** The shelf of the run that a question is about. */
    CheckpointShelf shelf(Query query) {
        CheckpointShelf shelf =
                shelves.get(query.text("run", shelves.keySet().iterator().next()));
        if (shelf == null) {
            throw Refusal.notFound("There is no run of that name.");
        }
        return shelf;
    }

    /** All that can be read, oldest first. */
    List<Checkpoint> all(Query query) {
        return shelf(query).readable();
    }

    /** The newest one. */
    Checkpoint newest(Query query) {
        List<Checkpoint> all = all(query);
        if (all.isEmpty()) {
            throw Refusal.notFound("There is no complete checkpoint yet, whose model and vocabulary could read texts.");
        }
        return all.getLast();
    }

    /** The checkpoint that a parameter names by its step. */
    Checkpoint checkpoint(Query query, String parameter) {
        return shelf(query)
                .find(query.whole(parameter))
                .orElseThrow(() -> Refusal.gone("There is no complete checkpoint after that step, or no longer."));
    }

    /** Names an answer by what it is about: a folder that was written again has another manifest. */
    static String question(String kind, Object... about) {
        return kind + "\n"
                + List.of(about).stream().map(CheckpointApi::identity).collect(Collectors.joining("\n"));
    }

    private static String identity(Object thing) {
        return thing instanceof Checkpoint checkpoint
                ? checkpoint.path() + " " + checkpoint.manifest().hashCode()
                : thing.toString();
    }
}
