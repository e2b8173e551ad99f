package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Terminal;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.JournalSearch.Part;
import org.alluvium.dashboard.lineage.JournalSearch.Step;
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
                    + " are those before the update. That of a document's part of the step is in the journal; that of one"
                    + " token comes of taking steps again, in memory, from the nearest checkpoint before. It takes the"
                    + " configuration of the run, and the backend that computed it: for an accelerator say"
                    + " --set train.backend=tornado."
        },
        footer = {
            "  ./alluvium trace step 1200 --config alluvium.yaml",
            "  ./alluvium trace step 1200 --row 3 --pos 17 --json",
            "  ./alluvium trace step 1200 --row 3 --pos 17 --no-loss --run .alluvium/demo/run --corpus .alluvium/demo/corpus"
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

    @Option(
            names = "--no-loss",
            description = "Do not tell what was lost at the position, for which steps are taken again.")
    private boolean noLoss;

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
        if (!step.skipped().isEmpty()) {
            fields.put("skipped", step.skipped());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (row.isPresent()) {
            print(position(run, step, fields), out);
        } else {
            fields.put("tokens", step.tokens());
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

    private PositionTrace.Told position(RunLayout run, Step step, Map<String, Object> ofStep) {
        PositionTrace trace = new PositionTrace(options, run, step);
        int context = trace.context();
        if (position.orElseThrow() < 0 || position.get() >= context || row.orElseThrow() < 0) {
            throw new ParameterException(
                    spec.commandLine(), "a row has the positions 0 to " + (context - 1) + ", and rows begin with 0");
        }
        long at = row.get() * context + position.get();
        Map<String, Object> fields = new LinkedHashMap<>(ofStep);
        fields.put("row", row.get());
        fields.put("position", position.get());
        PositionTrace.Told told = trace.at(at);
        fields.putAll(told.fields());
        if (!noLoss) {
            fields.putAll(loss(trace, Math.toIntExact(at)));
        }
        return new PositionTrace.Told(fields, told.verdict());
    }

    private Map<String, Object> loss(PositionTrace trace, int at) {
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine progress = new ProgressLine(err, Terminal.onStandardError().isPresent(), System::nanoTime);
        try {
            return trace.loss(at, progress);
        } catch (AlluviumException e) {
            progress.say("The loss of the token cannot be told; --no-loss tells the rest");
            throw e;
        }
    }

    static Map<String, Object> fields(Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", part.id());
        fields.put("from", part.from());
        fields.put("tokens", part.tokens());
        part.lossSum().ifPresent(sum -> fields.put("lossSum", sum));
        return fields;
    }

    private void print(PositionTrace.Told told, PrintWriter out) {
        if (options.json()) {
            out.println(Json.text(told.all()));
        } else {
            told.print(out);
        }
    }

    private void print(Map<String, Object> fields, Step step, PrintWriter out) {
        if (options.json()) {
            fields.put(
                    "documents",
                    step.documents().stream().map(TraceStepCommand::fields).toList());
            out.println(Json.text(fields));
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
