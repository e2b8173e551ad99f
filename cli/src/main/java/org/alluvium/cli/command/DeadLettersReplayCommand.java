package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.ingest.deadletter.LetterId;
import org.alluvium.ingest.deadletter.Replay;
import org.alluvium.ingest.deadletter.Replay.Outcome;
import org.alluvium.ingest.deadletter.ReplayFolder;
import org.alluvium.ingest.deadletter.StoredLetter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Feeds refused records back to the ingest job. */
@Command(
        name = "replay",
        description = {
            "Feed refused records back to the ingest job, each once, with the source and origin they came with.",
            "",
            "For when the reader or the configuration has been mended. A record that is refused again is a new dead"
                    + " letter, with a higher attempt."
        },
        footer = {
            "  ./alluvium deadletters replay 42.3 42.4",
            "  ./alluvium deadletters replay --source news --reason wrong_type"
        })
final class DeadLettersReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Parameters(
            arity = "0..*",
            paramLabel = "LETTER",
            converter = DeadLettersCommand.LetterIdConverter.class,
            description = "As 'list' names them.")
    private List<LetterId> ids = List.of();

    @Mixin
    private LetterSelection selection;

    @Option(names = "--all", description = "All that have not been fed back yet.")
    private boolean all;

    @Override
    public Integer call() {
        if (ids.isEmpty() == (selection.isEmpty() && !all)) {
            throw new ParameterException(
                    spec.commandLine(), "either name letters, or select them with --source, --reason or --all");
        }
        CorpusLayout layout = corpus.layout();
        Replay replay = new Replay(ReplayFolder.of(layout));
        if (ids.isEmpty()) {
            DeadLettersCommand.of(layout).forEach(stored -> {
                if (selection.holds(stored.letter())) {
                    replay.offer(stored);
                }
            });
        } else {
            List<StoredLetter> named = new TreeSet<>(ids)
                    .stream().map(id -> DeadLettersCommand.find(layout, id)).toList();
            named.forEach(replay::offer);
        }
        Outcome outcome = replay.finish();
        report(outcome, spec.commandLine().getOut());
        boolean asNamed =
                ids.isEmpty() || (outcome.before() == 0 && outcome.obstacles().isEmpty());
        return (asNamed ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private static void report(Outcome outcome, PrintWriter out) {
        out.println(letters(outcome.fedBack()) + " fed back");
        if (outcome.before() > 0) {
            out.println(letters(outcome.before()) + " left out: fed back before");
        }
        outcome.obstacles().forEach((why, count) -> out.println(letters(count) + " left out: " + why));
        if (outcome.fedBack() > 0) {
            out.println("An ingest job that runs reads them at its next look for files; else 'alluvium ingest' does.");
        }
        out.flush();
    }

    private static String letters(long count) {
        return Units.count(count) + (count == 1 ? " letter" : " letters");
    }
}
