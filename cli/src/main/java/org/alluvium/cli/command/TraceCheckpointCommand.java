package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.cli.trace.Consumption;
import org.alluvium.cli.trace.Consumption.Consumed;
import org.alluvium.cli.trace.Consumption.Order;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.lineage.JournalSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the documents that a run learned from between two checkpoints. */
@Command(
        name = "checkpoint",
        description = {
            "List the documents that were learned from between two checkpoints, with what was lost on them then.",
            "",
            "Checkpoints are named by their steps; they need not be there any more, and 0 is the beginning. Losses are those"
                    + " before the update, from the journal; lines of older releases do not have them."
        },
        footer = {
            "  ./alluvium trace checkpoint 800..1200 --run .alluvium/demo/run",
            "  ./alluvium trace checkpoint step-000000000800..step-000000001200 --sort tokens --limit 0 --json"
        })
final class TraceCheckpointCommand implements Callable<Integer> {

    private static final Pattern SPAN = Pattern.compile("(?:step-)?(\\d{1,18})\\.\\.(?:step-)?(\\d{1,18})");

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceOptions options;

    @Parameters(paramLabel = "C1..C2", description = "Steps of the checkpoints, or the names of their folders.")
    private String span;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            defaultValue = "loss",
            description = "loss (per token, worst first), sum (of losses), tokens or step (default: ${DEFAULT-VALUE}).")
    private String sort;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Print at most N documents, 0 for all (default: ${DEFAULT-VALUE}).")
    private long limit;

    @Override
    public Integer call() {
        Matcher steps = SPAN.matcher(span);
        if (!steps.matches() || Long.parseLong(steps.group(1)) >= Long.parseLong(steps.group(2))) {
            throw new ParameterException(
                    spec.commandLine(), "two steps are wanted, the smaller one first, such as 800..1200: " + span);
        }
        Order order = order();
        RunLayout run = options.run();
        long through = Long.parseLong(steps.group(2));
        Consumption consumption =
                Consumption.of(new JournalSearch(run.journal()), Long.parseLong(steps.group(1)), through);
        if (consumption.steps() + consumption.skipped() < through - consumption.after()) {
            throw new UnavailableException(
                    "the journal has " + (consumption.steps() + consumption.skipped()) + " of the "
                            + (through - consumption.after()) + " steps of " + span,
                    run.journal().toString(),
                    "Name steps that the run has taken; 'alluvium checkpoint list' names its checkpoints");
        }
        List<Consumed> shown = consumption.first(limit == 0 ? Long.MAX_VALUE : limit, order);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Json.text(fields(consumption, shown)));
        } else {
            print(consumption, shown, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private Order order() {
        for (Order order : Order.values()) {
            if (order.name().equalsIgnoreCase(sort)) {
                return order;
            }
        }
        throw new ParameterException(spec.commandLine(), "--sort takes loss, sum, tokens or step: " + sort);
    }

    private static void print(Consumption consumption, List<Consumed> shown, PrintWriter out) {
        out.printf(
                "Steps %d to %d: %s documents in %s steps, %s skipped%n%n",
                consumption.after() + 1,
                consumption.through(),
                Units.count(consumption.documents().size()),
                Units.count(consumption.steps()),
                Units.count(consumption.skipped()));
        Table table = new Table("nats per token", "sum", "tokens", "steps", "document");
        for (Consumed document : shown) {
            table.add(
                    number(document.lossPerToken()),
                    number(document.lossSum()),
                    Long.toString(document.tokens()),
                    document.firstStep() == document.lastStep()
                            ? Long.toString(document.firstStep())
                            : document.firstStep() + " to " + document.lastStep(),
                    document.id());
        }
        table.print(out);
        int left = consumption.documents().size() - shown.size();
        if (left > 0) {
            out.printf("%n%s more; --limit 0 prints all%n", Units.count(left));
        }
    }

    private static String number(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, "%.4f", number)).orElse("");
    }

    private static Map<String, Object> fields(Consumption consumption, List<Consumed> shown) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("after", consumption.after());
        fields.put("through", consumption.through());
        fields.put("steps", consumption.steps());
        fields.put("skipped", consumption.skipped());
        fields.put("documents", consumption.documents().size());
        fields.put("shown", shown.stream().map(TraceCheckpointCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Consumed document) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", document.id());
        fields.put("firstStep", document.firstStep());
        fields.put("lastStep", document.lastStep());
        fields.put("tokens", document.tokens());
        document.lossSum().ifPresent(sum -> fields.put("lossSum", sum));
        document.lossPerToken().ifPresent(loss -> fields.put("lossPerToken", loss));
        return fields;
    }
}
