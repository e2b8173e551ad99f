package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.trace.StoredFacts;
import org.alluvium.cli.trace.TracedPiece;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.JournalSearch.Part;
import org.alluvium.dashboard.lineage.JournalSearch.Step;
import org.alluvium.dashboard.lineage.Learned;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.dashboard.lineage.Whereabouts;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a step learned from, or what one position of it held. */
@Command(
        name = "step",
        description = {
            "Tell what a step learned from: its documents and what was lost on them, or what one position of it held.",
            "",
            "Rows of T tokens are counted over all micro-batches of the step, from 0; a position is a column of a row. Losses"
                    + " are those before the update, of the document's part of the step, from the journal."
        },
        footer = {
            "  ./alluvium trace step 1200 --config alluvium.yaml",
            "  ./alluvium trace step 1200 --row 3 --pos 17 --json"
        })
final class TraceStepCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceOptions options;

    @Parameters(paramLabel = "N", description = "Number of the step, from 1.")
    private long number;

    @Option(names = "--row", paramLabel = "R", description = "Row of the step, from 0; with --pos.")
    private Optional<Long> row = Optional.empty();

    @Option(names = "--pos", paramLabel = "P", description = "Position in the row, from 0.")
    private Optional<Integer> position = Optional.empty();

    @Override
    public Integer call() {
        if (row.isPresent() != position.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--row and --pos go together");
        }
        RunLayout run = options.run();
        Step step = step(run);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step.step());
        fields.put("loss", step.loss());
        fields.put("tokens", step.tokens());
        if (!step.skipped().isEmpty()) {
            fields.put("skipped", step.skipped());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (row.isPresent()) {
            fields.putAll(position(run, step));
        } else {
            fields.put(
                    "documents",
                    step.documents().stream().map(TraceStepCommand::fields).toList());
        }
        if (options.json()) {
            out.println(Json.text(fields));
        } else {
            print(fields, step, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private Step step(RunLayout run) {
        List<Step> found =
                new JournalSearch(run.journal()).steps(number, number).steps();
        if (found.isEmpty()) {
            throw new UnavailableException(
                    "the journal has no step " + number,
                    run.journal().toString(),
                    "Name a step that the run has taken, from 1; 'alluvium status' tells the newest");
        }
        return found.getFirst();
    }

    private Map<String, Object> position(RunLayout run, Step step) {
        List<Checkpoint> checkpoints = TraceOptions.checkpoints(run);
        if (checkpoints.isEmpty()) {
            throw new UnavailableException(
                    "the run has no checkpoint, which would tell how long its rows are",
                    run.checkpoints().toString(),
                    "Leave out --row and --pos, or wait for its first checkpoint");
        }
        int context = checkpoints.getFirst().state().plan().context();
        if (position.orElseThrow() < 0 || position.get() >= context || row.orElseThrow() < 0) {
            throw new ParameterException(
                    spec.commandLine(), "a row has the positions 0 to " + (context - 1) + ", and rows begin with 0");
        }
        TracedPiece piece = TracedPiece.at(step, row.get() * context + position.get())
                .orElseThrow(() -> new UnavailableException(
                        "no document is at this position: the step has " + step.tokens() + " tokens in rows of "
                                + context,
                        run.journal().toString(),
                        "Name an earlier one"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("row", row.get());
        fields.put("position", position.get());
        fields.put("piece", fields(piece.part()));
        fields.put("token", piece.token());
        stored(step, piece, checkpoints).ifPresent(fields::putAll);
        return fields;
    }

    /** What the corpus knows of the document; empty if none of its shards near the step has it. */
    private Optional<Map<String, Object>> stored(Step step, TracedPiece piece, List<Checkpoint> checkpoints) {
        CorpusLayout corpus = options.corpus();
        DocumentSearch search = new DocumentSearch(corpus);
        Step alone = new Step(step.step(), step.loss(), step.tokens(), step.skipped(), List.of(piece.part()));
        Whereabouts where = Whereabouts.of(number, number, checkpoints, number);
        Optional<StoredDocument> document = Learned.of(
                        new JournalSearch.Found(List.of(alone), false), Optional.of(search), where)
                .documents()
                .getFirst()
                .stored();
        return document.map(found -> {
            Map<String, Object> facts = StoredFacts.of(found, search, corpus);
            Vocabulary vocabulary = checkpoints.getFirst().vocabulary();
            int index = Math.toIntExact(piece.token());
            search.tokens(found.place(), vocabulary)
                    .filter(ids -> index < ids.length)
                    .ifPresent(ids -> {
                        facts.put("tokenId", ids[index]);
                        facts.put("tokenText", vocabulary.decode(new int[] {ids[index]}));
                    });
            return facts;
        });
    }

    private static Map<String, Object> fields(Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", part.id());
        fields.put("from", part.from());
        fields.put("tokens", part.tokens());
        part.lossSum().ifPresent(sum -> fields.put("lossSum", sum));
        return fields;
    }

    private void print(Map<String, Object> fields, Step step, PrintWriter out) {
        if (row.isPresent()) {
            fields.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
            return;
        }
        out.printf("Step %d: loss %s, %d tokens %s%n%n", step.step(), step.loss(), step.tokens(), step.skipped());
        Table table = new Table("document", "from", "tokens", "loss, nats");
        step.documents()
                .forEach(part -> table.add(
                        part.id(),
                        Long.toString(part.from()),
                        Long.toString(part.tokens()),
                        part.lossSum()
                                .map(sum -> String.format(Locale.ROOT, "%.4f", sum))
                                .orElse("")));
        table.print(out);
    }
}
