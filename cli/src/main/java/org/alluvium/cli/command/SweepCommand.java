package org.alluvium.cli.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.alluvium.cli.sweep.Grid;
import org.alluvium.cli.sweep.Outcome;
import org.alluvium.cli.sweep.Sweep;
import org.alluvium.cli.sweep.SweepReport;
import org.alluvium.cli.view.Terminal;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.trainer.loop.StopSignal;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a grid of runs. */
@Command(
        name = "sweep",
        description = {
            "Train one run for every combination of some settings, one after another, and compare them.",
            "",
            "Writes report.csv and report.svg after every run. After a kill or Ctrl-C the same command goes on."
        },
        footer = {
            "  ./alluvium sweep --grid train.optimizer.learningRate=1e-3,3e-3 --grid train.seed=1,2,3 sweeps/rate",
            "  ./alluvium sweep --set train.steps=500 --grid model.layers=2,4,8 sweeps/depth"
        })
final class SweepCommand implements Callable<Integer> {

    private static final String REDRAW = "\r\u001b[K";

    @Mixin
    private ConfigOptions options;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--grid",
            required = true,
            paramLabel = "KEY=VALUE,VALUE",
            description =
                    "A key of the configuration and the values to try. Can be repeated: every combination is trained.")
    private List<String> axes;

    @Parameters(paramLabel = "OUT", description = "Folder of the reports and, below it, of the runs.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ProcessLog.startBeside(options.file(), "sweep");
        Grid grid = Grid.parse(axes);
        Sweep sweep = new Sweep(folder, grid, jobs(grid), progress());
        ExitCode code = sweep.run(config -> TrainProcess.run(config, quietly()));
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        print(sweep.report(), out);
        out.println(folder.resolve(SweepReport.TABLE) + ", " + folder.resolve(SweepReport.PLOT));
        out.flush();
        return code.code();
    }

    private List<Sweep.Job> jobs(Grid grid) {
        List<Sweep.Job> jobs = new ArrayList<>();
        for (Grid.Point point : grid.points()) {
            List<String> settings = new ArrayList<>(compute.settings());
            settings.addAll(point.overrides());
            settings.add("train.run=" + Json.line(Sweep.runFolder(folder, point).toString()));
            settings.add("train.archive="); // which one run has
            jobs.add(new Sweep.Job(point, options.load(settings)));
        }
        return jobs;
    }

    /** Lines that stay, and on a terminal one below them that changes. */
    private Sweep.Progress progress() {
        boolean live = Terminal.onStandardOutput().isPresent();
        // What commands print does not move the cursor; this does.
        PrintWriter out = live
                ? new PrintWriter(System.out, true, System.out.charset())
                : spec.commandLine().getOut();
        return new Sweep.Progress() {
            @Override
            public void note(String line) {
                out.println(live ? REDRAW + line : line);
                out.flush();
            }

            @Override
            public void now(String line) {
                if (live) {
                    out.print(REDRAW + "  " + line);
                    out.flush();
                }
            }
        };
    }

    /** The banner of each run is left out; its facts are in the run's events. */
    private static TrainOptions quietly() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new TrainOptions(nowhere, WallClock.ofThisProcess(), new StopSignal(), true);
    }

    private static void print(SweepReport report, PrintWriter out) {
        Table table = new Table("bits per byte", "tokens", "tokens/s", "settings");
        for (SweepReport.Row row : report.ranked()) {
            Outcome outcome = row.outcome();
            table.add(
                    Units.decimal(outcome.score().orElse(Double.NaN), 4),
                    Units.count(outcome.tokens()),
                    Units.rate(outcome.tokensPerSecond()),
                    row.point().words());
        }
        table.print(out);
    }
}
