package org.alluvium.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.cli.takedown.TakedownReport;
import org.alluvium.cli.view.Terminal;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.flink.takedown.Cleaner;
import org.alluvium.flink.takedown.Sweep;
import org.alluvium.flink.takedown.TakenRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes documents out of a corpus for good. */
@Command(
        name = "takedown",
        description = {
            "Take documents out of a corpus for good, while ingest and trainers run or not.",
            "",
            "From the moment that the log has the takedown, no step learns from these documents and none of them can come"
                    + " back. Shards, dead letters, rejects and changes that hold them are written again without them, and the old"
                    + " files are destroyed; there is no way back. What a run has learned stays learned: the report says how it"
                    + " could go on without.",
            "",
            "Interrupted, it is finished by --finish, or by the next takedown."
        },
        footer = {
            "  ./alluvium takedown --doc 7f3a --reason 'asked by its author' --dry-run",
            "  ./alluvium takedown --url-prefix example.org/private/ --reason 'order 17/2026' --run run",
            "  ./alluvium takedown --finish"
        })
final class TakedownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(
            names = "--doc",
            paramLabel = "ID",
            description = "Documents of this id. Can be repeated, like all of these.")
    private List<String> ids = List.of();

    @Option(
            names = "--within",
            paramLabel = "SOURCE",
            description = "With --doc: in this source only (default: in all).")
    private String within;

    @Option(
            names = "--url-prefix",
            paramLabel = "PREFIX",
            description =
                    "Documents whose address begins so; http and https are the same, a host alone means the whole host.")
    private List<String> prefixes = List.of();

    @Option(names = "--source", paramLabel = "NAME", description = "All documents of this source, now and later.")
    private List<String> sources = List.of();

    @Option(
            names = "--content-hash",
            paramLabel = "HASH",
            description =
                    "Documents of this text, by its hash: 32 hexadecimal digits, as 'corpus cat --json' shows them.")
    private List<String> hashes = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the log keeps it.")
    private String reason;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "A run: say which of its steps and of its branches' learned from the documents, and how it could go on"
                            + " without. Can be repeated; a run with train.initFrom is told by the one that made its model.")
    private List<Path> runs = List.of();

    @Option(names = "--finish", description = "Carry out what an interrupted takedown has left.")
    private boolean finish;

    @Option(names = "--dry-run", description = "Change nothing; say what would be taken down.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<Selector> selectors = selectors();
        if (finish == !selectors.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say what to take down with --doc, --url-prefix, --source or --content-hash, or --finish what was begun");
        }
        if (!finish && !dryRun && (reason == null || reason.isBlank())) {
            throw new ParameterException(spec.commandLine(), "say why with --reason: the log keeps it");
        }
        CorpusLayout layout = corpus.layout();
        TakedownReport report = new TakedownReport(runsAndBranches());
        if (dryRun) {
            work(layout, (sweep, listener) -> sweep.look(selectors, listener), report);
        } else {
            try (ProcessLock _ = ProcessLock.acquire(layout.root().resolve("takedown.lock"), "takedown")) {
                work(layout, (sweep, listener) -> takeDown(sweep, selectors, listener), report);
            }
            report.holds(new CorpusFiles(layout).takedowns().newestTakedown());
            forget(layout);
        }
        print(report);
        return ExitCode.OK.code();
    }

    private void takeDown(Sweep sweep, List<Selector> selectors, Sweep.Listener listener) {
        if (!selectors.isEmpty()) {
            Takedown ordered = sweep.order(selectors, reason);
            say("Takedown " + ordered.sequence() + " is in the log and holds.");
        }
        sweep.carryOut(listener);
    }

    /** The index of this machine holds no names, but hashes of them; one of another machine forgets with its next question. */
    private void forget(CorpusLayout layout) {
        if (Files.isDirectory(layout.index())
                && !new DocumentSearch(layout).index().forget()) {
            say("The index is being saved by another process; it forgets the documents when it is used next.");
        }
    }

    private List<RunLayout> runsAndBranches() {
        return runs.stream()
                .map(RunLayout::new)
                .flatMap(run -> Stream.concat(Stream.of(run), run.allBranches().stream()))
                .toList();
    }

    private List<Selector> selectors() {
        List<Selector> selectors = new ArrayList<>();
        ids.forEach(id -> selectors.add(new Selector.Id(id, Optional.ofNullable(within))));
        prefixes.forEach(prefix -> selectors.add(new Selector.UrlPrefix(nonEmpty(prefix, "--url-prefix"))));
        sources.forEach(name -> selectors.add(new Selector.Source(nonEmpty(name, "--source"))));
        hashes.forEach(hash -> selectors.add(new Selector.Content(hash(hash))));
        return selectors;
    }

    private String nonEmpty(String value, String option) {
        if (Selector.UrlPrefix.normal(value).isBlank()) {
            throw new ParameterException(spec.commandLine(), option + " must not be empty: that would be everything");
        }
        return value;
    }

    private ContentHash hash(String text) {
        try {
            return ContentHash.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--content-hash " + text + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void with(Sweep sweep, Sweep.Listener listener);
    }

    private void work(CorpusLayout layout, Work work, TakedownReport report) {
        Path scratch = scratch();
        ProgressLine progress = new ProgressLine(
                spec.commandLine().getErr(), Terminal.onStandardError().isPresent(), System::nanoTime);
        progress.begin("looking through the corpus");
        Cleaner cleaner = new Cleaner(
                layout::file, layout.store(), scratch, () -> UUID.randomUUID().toString());
        try {
            work.with(new Sweep(layout, cleaner, InstantSource.system()), listening(report, progress));
            progress.end();
        } finally {
            delete(scratch);
        }
    }

    private static Sweep.Listener listening(TakedownReport report, ProgressLine progress) {
        return new Sweep.Listener() {
            @Override
            public void at(long done, long all) {
                progress.at(done, all);
            }

            @Override
            public void found(TakenRow row) {
                report.add(row);
            }

            @Override
            public void again() {
                report.clear();
                progress.say("Another takedown was carried out meanwhile; looking again");
            }

            @Override
            public void beforeReplacing(Sweep.Counts counts) {
                report.complete(counts);
            }
        };
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("alluvium-takedown");
        } catch (IOException e) {
            throw StorageException.of(
                    "make a folder for scratch files", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static void delete(Path scratch) {
        try {
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw StorageException.of("delete scratch files", scratch, e);
        }
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void print(TakedownReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(report.fields()));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
    }
}
