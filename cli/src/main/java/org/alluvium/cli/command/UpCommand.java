package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.cli.local.Displays;
import org.alluvium.cli.local.LocalPlan;
import org.alluvium.cli.local.LocalRun;
import org.alluvium.cli.local.StopOnSignal;
import org.alluvium.cli.supervise.Outcome;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.store.ProcessLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs ingest, trainer and, if there is one, the gateway of a configuration under a supervisor. */
@Command(
        name = "up",
        description = {
            "Run ingest and trainer on this machine, and the gateway if gateway.source is set, watch them, and show how they do.",
            "",
            "A process that crashes is started again, after a delay that grows; an error that a person must mend ends"
                    + " all. Logs are in logs/ beside the configuration."
        },
        footer = {
            "  ./alluvium up --config alluvium.yaml",
            "  ./alluvium up --set train.steps=1000",
            "  ./alluvium up --dashboard      and look at http://localhost:8480/"
        })
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private DashboardOption dashboard;

    @Override
    public Integer call() throws InterruptedException {
        AlluviumConfig config = options.load(compute.settings());
        List<String> overrides = Stream.concat(options.overrides().stream(), compute.settings().stream())
                .toList();
        Path folder = options.file().getParent();
        Path logs = folder.resolve("logs");
        try (ProcessLock _ = ProcessLock.acquire(folder.resolve("supervisor.lock"), "the supervisor");
                StopOnSignal signal = StopOnSignal.install()) {
            LocalPlan plan = LocalPlan.of("Alluvium", config, options.file(), overrides, logs);
            if (dashboard.port().isPresent()) {
                plan = plan.withDashboard(dashboard.port().getAsInt(), options.file(), overrides, logs);
                spec.commandLine()
                        .getOut()
                        .println("Dashboard at http://localhost:"
                                + dashboard.port().getAsInt() + "/");
                spec.commandLine().getOut().flush();
            }
            LocalRun run = new LocalRun(
                    plan, LocalRun.Companion.none(), Displays.forStandardOutput(System.out), WallClock.ofThisProcess());
            signal.passTo(run::stop);
            Outcome outcome = run.run();
            if (!outcome.message().isEmpty()) {
                spec.commandLine().getErr().println(outcome.message());
            }
            if (outcome.code() != ExitCode.OK && outcome.code() != ExitCode.INTERRUPTED) {
                spec.commandLine().getErr().println("Logs: " + logs);
            }
            return outcome.code().code();
        }
    }
}
