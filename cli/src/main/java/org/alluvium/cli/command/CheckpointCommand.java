package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.archive.ArchiveState;
import org.alluvium.trainer.archive.RunArchive;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.CheckpointState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks into the checkpoints of a run. */
@Command(
        name = "checkpoint",
        description = "List the checkpoints of a run, look into one, verify them.",
        footer = "  ./alluvium checkpoint list --run .alluvium/demo/run")
final class CheckpointCommand extends CommandGroup {

    @Command(
            name = "list",
            description = "List the checkpoints of a run, newest first.",
            footer = "  ./alluvium checkpoint list --run .alluvium/demo/run --json")
    int list(@Mixin RunOption run, @Option(names = "--json", description = "Print one JSON array.") boolean json) {
        List<Checkpoint> checkpoints = new CheckpointFolder(run.layout())
                .paths().stream()
                        .filter(CheckpointManifest::isIn)
                        .map(Checkpoint::open)
                        .toList();
        Optional<ArchiveState> archive = run.archived();
        PrintWriter out = out();
        if (json) {
            out.println(Json.text(checkpoints.stream()
                    .map(checkpoint -> {
                        Map<String, Object> facts = facts(checkpoint);
                        archive.ifPresent(state -> facts.put("archived", isIn(state, checkpoint)));
                        return facts;
                    })
                    .toList()));
        } else {
            Table table = new Table("step", "tokens", "kind", "size", "created", "path");
            checkpoints.forEach(checkpoint -> table.add(
                    Units.count(checkpoint.step()),
                    Units.count(checkpoint.state().progress().tokens()),
                    kind(checkpoint.state()),
                    Units.bytes(checkpoint.manifest().bytes()),
                    checkpoint.state().createdAt().toString(),
                    checkpoint.path().toString()));
            table.print(out);
            archive.ifPresent(state -> out.println(words(state)));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static boolean isIn(ArchiveState archive, Checkpoint checkpoint) {
        return archive.checkpoints().stream().anyMatch(at -> at.step() == checkpoint.step());
    }

    private static String words(ArchiveState archive) {
        String steps = archive.checkpoints().isEmpty()
                ? "no checkpoint yet"
                : "the checkpoints of the steps "
                        + archive.checkpoints().reversed().stream()
                                .map(at -> Units.count(at.step()))
                                .collect(Collectors.joining(", "));
        return "The archive has " + steps + "; written at " + archive.time() + " by " + archive.owner() + ".";
    }

    @Command(
            name = "show",
            description = "Tell what a checkpoint holds and where the run stood.",
            footer = "  ./alluvium checkpoint show .alluvium/demo/run")
    int show(
            @Parameters(paramLabel = "CHECKPOINT", description = "Its folder, or a run for its newest one.") Path path,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        Map<String, Object> facts = facts(Checkpoint.open(CheckpointOption.resolve(path)));
        PrintWriter out = out();
        if (json) {
            out.println(Json.text(facts));
        } else {
            facts.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "verify",
            description = "Compare every file of one checkpoint, or of all of a run, with its digest.",
            footer = {
                "  ./alluvium checkpoint verify --run .alluvium/demo/run",
                "  ./alluvium checkpoint verify .alluvium/demo/run/checkpoints/step-000000000600"
            })
    int verify(
            @Mixin RunOption run,
            @Parameters(arity = "0..1", paramLabel = "CHECKPOINT", description = "Its folder (default: all of --run).")
                    Path path) {
        List<Path> paths =
                path == null ? new CheckpointFolder(run.layout()).paths() : List.of(CheckpointOption.resolve(path));
        PrintWriter out = out();
        boolean whole = true;
        for (Path checkpoint : paths) {
            whole &= verify(checkpoint, out);
        }
        out.flush();
        return whole ? ExitCode.OK.code() : ExitCode.DATA.code();
    }

    private static boolean verify(Path checkpoint, PrintWriter out) {
        try {
            CheckpointManifest manifest = CheckpointManifest.verify(checkpoint);
            out.printf("%s: whole, %d files, %s%n", checkpoint, manifest.files().size(), Units.bytes(manifest.bytes()));
            return true;
        } catch (DataException e) {
            out.println(e.getMessage());
            return false;
        }
    }

    private static Map<String, Object> facts(Checkpoint checkpoint) {
        CheckpointState state = checkpoint.state();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", checkpoint.path().toString());
        facts.put("step", checkpoint.step());
        facts.put("tokens", state.progress().tokens());
        facts.put("textBytes", state.progress().textBytes());
        facts.put("kind", kind(state));
        facts.put("createdAt", state.createdAt().toString());
        facts.put("schedulePhase", state.schedulePhase());
        facts.put("learningRate", state.learningRate());
        facts.put("model", checkpoint.shape().toString());
        facts.put("tokenizerDigest", state.identity().tokenizerDigest());
        facts.put("corpusLineage", state.identity().corpusLineage());
        facts.put("configDigest", state.identity().configDigest());
        facts.put("codeVersion", state.identity().codeVersion());
        facts.put("bytes", checkpoint.manifest().bytes());
        facts.put("files", List.copyOf(checkpoint.manifest().files().keySet()));
        return facts;
    }

    private static String kind(CheckpointState state) {
        return state.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Which run a command is about. */
    static final class RunOption {

        @Option(
                names = "--run",
                paramLabel = "DIR",
                description = "Folder of the run (default: train.run of --config).")
        private Path folder;

        @Mixin
        private ConfigOptions config;

        RunLayout layout() {
            return new RunLayout(folder == null ? config.load().train().run() : folder);
        }

        /** What the archive of the configured run holds; empty if it has none, or --run names a folder alone. */
        Optional<ArchiveState> archived() {
            if (folder != null) {
                return Optional.empty();
            }
            AlluviumConfig configured = config.load();
            Optional<Location> begun = configured
                    .train()
                    .archive()
                    .filter(place -> place.folder().map(Files::isDirectory).orElse(true));
            return begun.flatMap(place -> {
                try (RunArchive archive =
                        RunArchive.open(place, configured.s3(), layout(), WallClock.ofThisProcess())) {
                    return archive.state();
                }
            });
        }
    }
}
