package org.alluvium.dashboard.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.Lineage;

/**
 * What pages ask of where learning came from, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/lineage/steps?run=&amp;from=&amp;to=       {@link JournalSearch.Found} of some steps
 * /api/lineage/document?run=&amp;id=          {@link JournalSearch.Found} of a document
 * /api/lineage/checkpoint?run=&amp;step=      {@link Lineage}: the steps and the log entries behind a checkpoint
 * </pre>
 */
final class LineageApi {

    private final Map<String, RunLayout> runs;
    private final CheckpointApi checkpoints;
    private final Workshop workshop;

    LineageApi(Map<String, RunLayout> runs, CheckpointApi checkpoints, Workshop workshop) {
        this.runs = new LinkedHashMap<>(runs);
        this.checkpoints = checkpoints;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/lineage/steps", this::steps,
                "/api/lineage/document", this::document,
                "/api/lineage/checkpoint", this::checkpoint);
    }

    private Reply steps(Query query) throws InterruptedException {
        JournalSearch journal = journal(query);
        long from = query.whole("from");
        long to = query.whole("to");
        return Reply.json(workshop.once(JournalSearch.Found.class, model -> journal.steps(from, to)));
    }

    private Reply document(Query query) throws InterruptedException {
        JournalSearch journal = journal(query);
        String id = query.text("id", "");
        if (id.isBlank()) {
            throw Refusal.badRequest("Give the id of a document.");
        }
        return Reply.json(workshop.once(JournalSearch.Found.class, model -> journal.document(id)));
    }

    private Reply checkpoint(Query query) {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        return Reply.json(checkpoint.lineage());
    }

    private JournalSearch journal(Query query) {
        RunLayout run = runs.get(query.text("run", runs.keySet().iterator().next()));
        if (run == null) {
            throw Refusal.notFound("There is no run of that name.");
        }
        return new JournalSearch(run.journal());
    }
}
