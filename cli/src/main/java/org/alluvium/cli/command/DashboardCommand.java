package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.alluvium.cli.local.StopOnSignal;
import org.alluvium.cli.supervise.ParentWatch;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.access.Secret;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.DashboardConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.alert.AlertSettings;
import org.alluvium.dashboard.http.DashboardServer;
import org.alluvium.dashboard.http.Door;
import org.alluvium.dashboard.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a run in the browser until it is told to stop, or writes what it shows as files. */
@Command(
        name = "dashboard",
        description = {
            "Show a run, live or long over, in the browser until Ctrl-C.",
            "",
            "It reads the folder of the run and changes nothing. Beyond this machine it is seen only with the token that"
                    + " the environment variable ALLUVIUM_DASHBOARD_TOKEN holds."
        },
        footer = {
            "  ./alluvium dashboard --config alluvium.yaml",
            "  ./alluvium dashboard --run copied/run --port 9000",
            "  ./alluvium dashboard --export report"
        })
final class DashboardCommand implements Callable<Integer> {

    private static final String TOKEN = "ALLUVIUM_DASHBOARD_TOKEN";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--run",
            paramLabel = "FOLDER",
            arity = "1..*",
            description = "Show these runs instead of the configured one; the first is the one that is looked at.")
    private List<Path> folders = List.of();

    @Option(
            names = "--corpus",
            paramLabel = "FOLDER",
            description = "Show this corpus; without --run it is the configured one.")
    private Optional<Path> corpus = Optional.empty();

    @Option(names = "--host", description = "Address to listen at instead of the configured one.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", description = "Port instead of the configured one; 0 for any that is free.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--export",
            paramLabel = "FOLDER",
            description = "Write a copy that needs no server, as of now, and end; an earlier one there is replaced.")
    private Optional<Path> export = Optional.empty();

    @Option(names = "--with-texts", description = "Export samples of documents that were left out, with their texts.")
    private boolean texts;

    @Override
    public Integer call() throws InterruptedException {
        return export.isPresent() ? export(export.get()) : serve();
    }

    private int export(Path target) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<AlluviumConfig> config = config();
        DashboardConfig dashboard = config.map(AlluviumConfig::dashboard).orElse(DashboardConfig.DEFAULT);
        CheckpointManifest written = new Snapshot(shown(config, dashboard), WallClock.ofThisProcess())
                .write(target, texts, stage -> {
                    out.println(stage);
                    out.flush();
                });
        out.printf(
                "%s: %s in %d files; open %s%n",
                target, Units.bytes(written.bytes()), written.files().size(), target.resolve("index.html"));
        return ExitCode.OK.code();
    }

    private int serve() throws InterruptedException {
        if (folders.isEmpty()) {
            ProcessLog.startBeside(options.file(), "dashboard");
        }
        ParentWatch.startIfSupervised();
        Optional<AlluviumConfig> config = config();
        DashboardConfig dashboard = config.map(AlluviumConfig::dashboard).orElse(DashboardConfig.DEFAULT);
        DashboardServer.Shown shown = shown(config, dashboard);
        Optional<String> token = token(dashboard);
        Door door = Door.of(address(dashboard, token), token, dashboard.tls());
        CountDownLatch stop = new CountDownLatch(1);
        try (StopOnSignal signal = StopOnSignal.install();
                DashboardServer server = DashboardServer.start(door, shown, WallClock.ofThisProcess())) {
            signal.passTo(stop::countDown);
            PrintWriter out = spec.commandLine().getOut();
            out.println("the dashboard is at " + server.address());
            door.caution().ifPresent(out::println);
            shown.runs().values().stream()
                    .filter(run -> Files.notExists(run.events()))
                    .forEach(run ->
                            out.println("there is no run in " + run.root() + " yet; it is shown once it begins"));
            out.flush();
            stop.await();
        }
        return ExitCode.INTERRUPTED.code();
    }

    /** Empty where runs are named and no configuration is. */
    private Optional<AlluviumConfig> config() {
        boolean named = spec.commandLine().getParseResult().hasMatchedOption("--config");
        return folders.isEmpty() || named ? Optional.of(options.load()) : Optional.empty();
    }

    private DashboardServer.Shown shown(Optional<AlluviumConfig> config, DashboardConfig dashboard) {
        AlertSettings alerts = AlertSettings.of(dashboard);
        if (!folders.isEmpty()) {
            return new DashboardServer.Shown(runs(folders), corpus.map(CorpusLayout::new), alerts);
        }
        AlluviumConfig all = config.orElseThrow();
        return new DashboardServer.Shown(
                runs(List.of(all.train().run())),
                Optional.of(corpus.map(CorpusLayout::new).orElseGet(() -> CorpusLayout.of(all))),
                alerts);
    }

    /** By the names of their folders; where two have the same, the ones around them are added. */
    private static Map<String, RunLayout> runs(List<Path> folders) {
        Map<String, RunLayout> runs = new LinkedHashMap<>();
        for (Path folder : folders) {
            RunLayout layout = new RunLayout(folder);
            Path name = layout.root().getFileName();
            for (Path up = layout.root().getParent();
                    runs.containsKey(name.toString()) && up.getFileName() != null;
                    up = up.getParent()) {
                name = up.getFileName().resolve(name);
            }
            runs.put(name.toString(), layout);
        }
        return runs;
    }

    private static Optional<String> token(DashboardConfig dashboard) {
        return Secret.find(dashboard.tokenFile(), "dashboard.tokenFile", System.getenv(), TOKEN)
                .map(Secret::value);
    }

    private InetSocketAddress address(DashboardConfig dashboard, Optional<String> token) {
        String name = host.orElse(dashboard.host());
        try {
            InetAddress address = InetAddress.getByName(name);
            if (!address.isLoopbackAddress() && token.isEmpty()) {
                throw new ConfigException(
                        "an address beyond this machine needs a token",
                        name,
                        "Put a long random one into a file and name it with dashboard.tokenFile, or into the variable "
                                + TOKEN);
            }
            return new InetSocketAddress(address, port.orElse(dashboard.port()));
        } catch (UnknownHostException e) {
            throw new ConfigException("there is no such address", name, "Give one of this machine's", e);
        }
    }
}
