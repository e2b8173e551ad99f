package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.trace.StoredFacts;
import org.alluvium.cli.trace.TracedPiece;
import org.alluvium.cli.trace.Verdicts;
import org.alluvium.cli.trace.Verdicts.Verdict;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.JournalSearch.Step;
import org.alluvium.dashboard.lineage.Learned;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.retake.Retake;
import org.alluvium.trainer.retake.RetakenStep;
import org.alluvium.trainer.retake.RetakenStep.TokenLoss;

/** Tells all that is known of one position of a step: document and token, what the filters say of it, what was lost there. */
final class PositionTrace {

    private final TraceOptions options;
    private final Step step;
    private final List<Checkpoint> checkpoints;
    private final Vocabulary vocabulary;
    private final int context;

    /**
     * A step of a run.
     *
     * @throws UnavailableException if nothing tells how long the run's rows are
     */
    PositionTrace(TraceOptions options, RunLayout run, Step step) {
        this.options = options;
        this.step = step;
        this.checkpoints = TraceOptions.checkpoints(run);
        if (!checkpoints.isEmpty()) {
            vocabulary = checkpoints.getFirst().vocabulary();
            context = checkpoints.getFirst().state().plan().context();
            return;
        }
        AlluviumConfig config = options.configured()
                .filter(configured -> configured.train().initFrom().isEmpty())
                .orElseThrow(() -> new UnavailableException(
                        "the run has no checkpoint, which would tell how long its rows are",
                        run.checkpoints().toString(),
                        "Leave out --row and --pos, or wait for its first checkpoint"));
        vocabulary = Vocabulary.of(config.tokenizer());
        context = ModelShape.of(config.model(), vocabulary.size()).context();
    }

    /** What is at a position. The verdict is there where the document was found. */
    record Told(Map<String, Object> fields, Optional<Verdict> verdict) {

        /** For programs. */
        Map<String, Object> all() {
            Map<String, Object> all = new LinkedHashMap<>(fields);
            verdict.ifPresent(found -> all.putAll(found.fields()));
            return all;
        }

        /** For people. */
        void print(PrintWriter out) {
            fields.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
            verdict.ifPresent(found -> {
                out.printf("%-16s %s%n", "verdict", found.words());
                found.opinions().filter(opinions -> !opinions.isEmpty()).ifPresent(opinions -> {
                    out.println();
                    CorpusExplainCommand.print(opinions, out);
                });
            });
        }
    }

    /** Positions of a row. */
    int context() {
        return context;
    }

    /**
     * What is at a position.
     *
     * @param position of all rows of the step, from 0
     * @throws UnavailableException if no document is there
     */
    Told at(long position) {
        TracedPiece piece = TracedPiece.at(step, position)
                .orElseThrow(() -> new UnavailableException(
                        "no document is at this position: the step has " + step.tokens() + " tokens in rows of "
                                + context,
                        "step " + step.step(),
                        "Name an earlier one"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("piece", TraceStepCommand.fields(piece.part()));
        fields.put("token", piece.token());
        CorpusLayout corpus = options.corpus();
        DocumentSearch search = new DocumentSearch(corpus);
        Optional<Verdict> verdict = find(piece, search).flatMap(document -> {
            Map<String, Object> facts = StoredFacts.of(document, search, corpus);
            fields.putAll(facts);
            Optional<int[]> ids = search.tokens(document.place(), vocabulary);
            ids.ifPresent(found -> fields.putAll(token(Math.toIntExact(piece.token()), found)));
            return ids.map(found -> verdict(document, vocabulary.decode(found), facts));
        });
        return new Told(fields, verdict);
    }

    /** Empty if the corpus does not have it. */
    private Optional<StoredDocument> find(TracedPiece piece, DocumentSearch search) {
        Step alone = new Step(step.step(), step.loss(), step.tokens(), step.skipped(), List.of(piece.part()));
        return Learned.of(new JournalSearch.Found(List.of(alone), false), Optional.of(search))
                .documents()
                .getFirst()
                .stored();
    }

    private Map<String, Object> token(int index, int[] ids) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (index < ids.length) {
            fields.put("tokenId", ids[index]);
            fields.put("tokenText", text(ids[index]));
        }
        return fields;
    }

    private String text(int id) {
        return vocabulary.decode(new int[] {id});
    }

    private Verdict verdict(StoredDocument document, String text, Map<String, Object> facts) {
        return options.configured()
                .map(config -> new Verdicts(config).of(document, text, String.valueOf(facts.get("rulesDigest"))))
                .orElseGet(() -> new Verdict(Optional.empty(), "not known: " + TraceOptions.NO_CONFIGURATION));
    }

    /**
     * What was lost at a position, before the step's update: the step is taken again.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if that cannot be done
     */
    Map<String, Object> loss(int position, ProgressLine progress) {
        Optional<AlluviumConfig> config = options.configured();
        if (config.isEmpty()) {
            return Map.of("tokenLossMissing", TraceOptions.NO_CONFIGURATION);
        }
        RetakenStep again = Retake.of(config.get(), step.step(), (checkpoint, steps) -> {
            progress.begin("taking " + steps + " steps again");
            return done -> progress.at(done, steps);
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        again.at(position)
                .ifPresentOrElse(
                        loss -> fields.putAll(fields(loss)),
                        () -> fields.put("tokenLossMissing", "the last token of a document has no target"));
        fields.put("stepsTakenAgain", again.steps());
        fields.put(
                "takenAgainFrom",
                again.checkpoint().map(path -> path.getFileName().toString()).orElse("the beginning of the run"));
        return fields;
    }

    private Map<String, Object> fields(TokenLoss loss) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tokenLoss", loss.nats());
        fields.put("probability", loss.probability());
        fields.put("targetId", loss.id());
        fields.put("targetText", text(loss.id()));
        return fields;
    }
}
