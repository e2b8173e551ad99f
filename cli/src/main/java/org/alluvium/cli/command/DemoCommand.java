package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.alluvium.cli.demo.DemoRun;
import org.alluvium.cli.demo.DemoScale;
import org.alluvium.cli.supervise.JavaCommand;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.choice.AcceleratorLaunch;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The one command that shows everything. */
@Command(
        name = "demo",
        description = {
            "Stream a real corpus, ingest it and train on it, live, on this machine.",
            "",
            "Texts of the European Parliament in 21 languages, fed as a stream at --rate, become shards that a small"
                    + " transformer learns from as they appear. Ctrl-C stops; the same command goes on where it was."
                    + " The exit code is 0 only if every step was made and ingest was well to the end."
        },
        footer = {
            "  ./alluvium demo",
            "  ./alluvium demo --steps 50 --dir /tmp/try     a short one, elsewhere",
            "  ./alluvium demo --backend tornado             on an accelerator",
            "  ./alluvium demo --dashboard                   and look at http://localhost:8480/",
            "  ./alluvium demo --fresh                       once more from the beginning"
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".alluvium/demo",
            description = "Folder for everything the demo makes (default: ${DEFAULT-VALUE}).")
    private Path dir;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimizer steps to reach, over all runs (default: what alluvium.yaml in the folder says).")
    private Long steps;

    @Option(names = "--fresh", description = "Start over: delete what an earlier demo made in the folder.")
    private boolean fresh;

    @Option(
            names = "--rate",
            paramLabel = "DOCS/S",
            defaultValue = "20",
            description = "Documents fed a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Mixin
    private DashboardOption dashboard;

    @Override
    public Integer call() throws InterruptedException {
        if (steps != null && steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps must be at least 1, is " + steps);
        }
        if (!(rate > 0 && rate <= 1_000_000)) {
            throw new ParameterException(spec.commandLine(), "--rate must be above 0 and at most 1000000, is " + rate);
        }
        OptionalLong wanted = steps == null ? OptionalLong.empty() : OptionalLong.of(steps);
        DemoRun.Options options = new DemoRun.Options(
                JavaCommand.ofThisProcess().home(), dir, wanted, fresh, rate, compute.settings(), dashboard.port());
        return new DemoRun(options, scale(), System.out, WallClock.ofThisProcess())
                .run()
                .code();
    }

    private DemoScale scale() {
        TrainConfig.Backend backend = compute.backendOr(TrainConfig.Backend.AUTO);
        AcceleratorLaunch.ofThisProcess().require(backend);
        return DemoScale.of(
                backend,
                compute.device(),
                ServiceLoader.load(AcceleratorExaminer.class).findFirst());
    }
}
