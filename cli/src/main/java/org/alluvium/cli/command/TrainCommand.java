package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.cli.supervise.ParentWatch;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.branch.DecayBranch;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the trainer in this process. */
@Command(
        name = "train",
        description = {
            "Train on the shards of the corpus as they appear, until train.steps or Ctrl-C.",
            "",
            "Goes on from the newest checkpoint of the run. The log is logs/train.log beside the configuration."
        },
        footer = {
            "  ./alluvium train --config alluvium.yaml",
            "  ./alluvium train --set train.steps=1000 --set train.threads=4",
            "  ./alluvium train --backend tornado --device nvidia",
            "  ./alluvium train --branch-decay 500",
            "  ./alluvium train --from 1200",
            "  ./alluvium train --finetune models/tinyllama --set tokenizer.model=models/tinyllama/tokenizer.model"
        })
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--finetune",
            paramLabel = "MODEL",
            description = "Begin a new run with a published model of the Llama layout: its folder, or its file of"
                    + " safetensors. The same as --set train.initFrom=MODEL.")
    private Path published;

    @Option(
            names = "--branch-decay",
            paramLabel = "STEPS",
            description = "Train a side run instead, which lets the learning rate of the newest checkpoint fall over so"
                    + " many steps; its last checkpoint is a release. The run itself is left alone and may go on.")
    private Long branchDecay;

    @Option(
            names = "--from",
            paramLabel = "CHECKPOINT",
            description =
                    "Go back to this checkpoint of the run, named by its step or folder, and learn again from there without"
                            + " what was taken down since. Once: given again, it goes on.")
    private String from;

    @Option(
            names = "--through",
            paramLabel = "TAKEDOWN",
            description =
                    "With --from: once for this takedown, named by its entry of the log, also if the run went back to"
                            + " the checkpoint for an earlier one.")
    private Long through;

    @Override
    public Integer call() {
        ProcessLog.startBeside(options.file(), "train");
        ParentWatch.startIfSupervised();
        AlluviumConfig config = options.load(settings());
        if (branchDecay != null) {
            DecayBranch branch = DecayBranch.of(config.train(), branchDecay);
            config = options.load(Stream.concat(settings().stream(), branch.overrides().stream())
                    .toList());
        }
        return TrainProcess.run(
                        config,
                        TrainOptions.ofProcess()
                                .from(from(new RunLayout(config.train().run()))))
                .code();
    }

    private Optional<TrainOptions.From> from(RunLayout run) {
        if (from == null && through != null) {
            throw new ParameterException(spec.commandLine(), "--through goes with --from");
        }
        return Optional.ofNullable(from)
                .map(checkpoint -> new TrainOptions.From(
                        step(run).getAsLong(), through == null ? OptionalLong.empty() : OptionalLong.of(through)));
    }

    private OptionalLong step(RunLayout run) {
        if (from.matches("\\d{1,12}")) {
            return OptionalLong.of(Long.parseLong(from));
        }
        Path folder = Path.of(from).toAbsolutePath().normalize();
        OptionalLong step = RunLayout.stepOf(folder);
        if (step.isEmpty() || !folder.equals(run.checkpoint(step.getAsLong()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from " + from + ": neither a step nor the folder of a checkpoint in " + run.checkpoints());
        }
        return step;
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>(compute.settings());
        if (published != null) {
            settings.add("train.initFrom=" + Json.line(published.toString()));
        }
        return settings;
    }
}
