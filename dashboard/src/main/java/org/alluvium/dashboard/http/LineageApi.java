package org.alluvium.dashboard.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.Learned;
import org.alluvium.dashboard.probe.DocumentLoss;
import org.alluvium.dashboard.probe.Passage;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.Lineage;

/**
 * What pages ask of where learning came from, by GET. What the journal alone knows is told at once, one question after the other;
 * shards are read by the workshop. Each answer is a JSON object:
 *
 * <pre>
 * /api/lineage/steps?run=&amp;from=&amp;to=                 {@link JournalSearch.Found} of some steps
 * /api/lineage/learned?run=&amp;from=&amp;to=               {@link Learned}: their shards and documents
 * /api/lineage/document?run=&amp;id=                    {@link JournalSearch.Found} of a document
 * /api/lineage/find?run=&amp;name=                     {@link DocumentSearch.Matches} of an id, an address, an origin or a content hash
 * /api/lineage/text?run=&amp;entry=&amp;shard=&amp;row=&amp;from=  {@link Passage} of a document, from a token on
 * /api/lineage/loss?run=&amp;entry=&amp;shard=&amp;row=      {@link DocumentLoss} with the newest checkpoint
 * /api/lineage/checkpoint?run=&amp;step=                {@link Lineage}: the steps and the log entries behind a checkpoint
 * </pre>
 */
final class LineageApi {

    private final Map<String, JournalSearch> journals = new LinkedHashMap<>();
    private final Optional<DocumentSearch> corpus;
    private final CheckpointApi checkpoints;
    private final Workshop workshop;

    LineageApi(
            Map<String, RunLayout> runs, Optional<CorpusLayout> corpus, CheckpointApi checkpoints, Workshop workshop) {
        runs.forEach((name, run) -> journals.put(name, new JournalSearch(run.journal())));
        this.corpus = corpus.map(DocumentSearch::new);
        this.checkpoints = checkpoints;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/lineage/steps", this::steps,
                "/api/lineage/learned", this::learned,
                "/api/lineage/document", this::document,
                "/api/lineage/find", this::find,
                "/api/lineage/text", this::text,
                "/api/lineage/loss", this::loss,
                "/api/lineage/checkpoint", this::checkpoint);
    }

    private Reply steps(Query query) {
        return Reply.json(journal(query).steps(query.whole("from"), query.whole("to")));
    }

    private Reply learned(Query query) throws InterruptedException {
        JournalSearch journal = journal(query);
        long from = query.whole("from");
        long to = query.whole("to");
        return Reply.json(workshop.once(Learned.class, model -> Learned.of(journal.steps(from, to), corpus)));
    }

    private Reply document(Query query) {
        return Reply.json(journal(query).document(name(query, "id")));
    }

    private Reply find(Query query) throws InterruptedException {
        DocumentSearch known = corpus();
        String name = name(query, "name");
        return Reply.json(workshop.once(DocumentSearch.Matches.class, model -> known.named(name)));
    }

    private Reply text(Query query) throws InterruptedException {
        DocumentSearch known = corpus();
        RowPlace place = place(query);
        Checkpoint newest = checkpoints.newest(query);
        int from = query.whole("from", 0, Integer.MAX_VALUE);
        return Reply.json(workshop.once(Passage.class, model -> {
            Vocabulary vocabulary = model.vocabulary(newest);
            return Passage.of(tokens(known, place, vocabulary), from, vocabulary);
        }));
    }

    private Reply loss(Query query) throws InterruptedException {
        DocumentSearch known = corpus();
        RowPlace place = place(query);
        Checkpoint newest = checkpoints.newest(query);
        return Reply.json(workshop.ask(
                DocumentLoss.class,
                CheckpointApi.question("loss", newest, place),
                model -> DocumentLoss.of(model, newest, tokens(known, place, model.vocabulary(newest)))));
    }

    private static int[] tokens(DocumentSearch corpus, RowPlace place, Vocabulary vocabulary) {
        return corpus.tokens(place, vocabulary)
                .orElseThrow(() -> Refusal.notFound("The shard of that document is not in this corpus folder."));
    }

    private Reply checkpoint(Query query) {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        return Reply.json(checkpoint.lineage());
    }

    private static RowPlace place(Query query) {
        return new RowPlace(query.whole("entry"), query.whole("shard", 0, Integer.MAX_VALUE), query.whole("row"));
    }

    private static String name(Query query, String parameter) {
        String name = query.text(parameter, "");
        if (name.isBlank()) {
            throw Refusal.badRequest("Give the id of a document.");
        }
        return name;
    }

    private DocumentSearch corpus() {
        return corpus.orElseThrow(() -> Refusal.notFound(
                "The dashboard was not told where the corpus is; start it with --corpus or --config."));
    }

    private JournalSearch journal(Query query) {
        JournalSearch journal =
                journals.get(query.text("run", journals.keySet().iterator().next()));
        if (journal == null) {
            throw Refusal.notFound("There is no run of that name.");
        }
        return journal;
    }
}
