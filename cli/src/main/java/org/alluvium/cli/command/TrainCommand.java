package org.alluvium.cli.command;

import java.util.concurrent.Callable;
import org.alluvium.cli.supervise.ParentWatch;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "  ./alluvium train --set train.steps=1000 --set train.threads=4"
        })
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() {
        ProcessLog.startBeside(options.file(), "train");
        ParentWatch.startIfSupervised();
        return TrainProcess.run(options.load(), TrainOptions.ofProcess()).code();
    }
}
