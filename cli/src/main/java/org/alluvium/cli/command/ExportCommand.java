package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.journal.ModelOrigin;
import org.alluvium.trainer.pretrained.ModelExport;
import org.alluvium.trainer.safetensors.Dtype;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the model of a checkpoint as other programs load it. */
@Command(
        name = "export",
        description = {
            "Write the model of a checkpoint as a folder that transformers and others load.",
            "",
            "It holds weights, configuration and tokenizer, and nothing that only a resume needs; origin.json has a"
                    + " digest of the run's journal, by which 'alluvium takedown' knows what the model has learned from."
        },
        footer = {
            "  ./alluvium export --dtype bf16 release",
            "  ./alluvium export --run .alluvium/demo/run --step 600 release"
        })
final class ExportCommand implements Callable<Integer> {

    /** The types that weights are published in. */
    enum Precision {
        BF16(Dtype.BF16),
        F32(Dtype.F32);

        private final Dtype dtype;

        Precision(Dtype dtype) {
            this.dtype = dtype;
        }
    }

    @Mixin
    private CheckpointCommand.RunOption run;

    @Option(names = "--step", paramLabel = "N", description = "Step of the checkpoint (default: the newest).")
    private Long step;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "bf16",
            description = "How weights are stored: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    @Option(
            names = "--ema",
            description = "Export the running average of the weights, which train.optimizer.averageDecay keeps.")
    private boolean averaged;

    @Parameters(paramLabel = "OUT", description = "Folder to write; it must not be there yet.")
    private Path target;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Checkpoint checkpoint = Checkpoint.verified(path(run.layout()));
        ModelExport export =
                new ModelExport(checkpoint.shape(), checkpoint.vocabulary(), checkpoint.ends(), precision.dtype);
        Map<String, byte[]> origin = ModelOrigin.of(checkpoint)
                .map(from -> Map.of(ModelOrigin.FILE, from.bytes()))
                .orElse(Map.of());
        CheckpointManifest manifest =
                export.write(averaged ? checkpoint.averagedWeights() : checkpoint.weights(), origin, target);
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: step %s in %s, %s%n",
                        target, Units.count(checkpoint.step()), precision.dtype, Units.bytes(manifest.bytes()));
        return ExitCode.OK.code();
    }

    private Path path(RunLayout layout) {
        if (step == null) {
            return CheckpointOption.resolve(layout.root());
        }
        Path path = layout.checkpoint(step);
        if (!CheckpointManifest.isIn(path)) {
            throw new UnavailableException(
                    "there is no complete checkpoint of step " + step,
                    path.toString(),
                    "'alluvium checkpoint list' names those that there are");
        }
        return path;
    }
}
