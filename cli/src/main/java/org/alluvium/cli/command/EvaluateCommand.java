package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.contracts.config.SuiteConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.eval.HeldOutEvaluation;
import org.alluvium.trainer.eval.HeldOutSet;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.suite.Suite;
import org.alluvium.trainer.suite.SuiteEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates the model of a checkpoint as training would. */
@Command(
        name = "evaluate",
        description = {
            "Score a checkpoint: held-out documents of the corpus, and suites of questions.",
            "",
            "Held-out documents and suites are those of the configuration; with --suite only the suites named there."
                    + " Without --backend the CPU computes."
        },
        footer = {
            "  ./alluvium evaluate --config .alluvium/demo/alluvium.yaml --checkpoint .alluvium/demo/run",
            "  ./alluvium evaluate --checkpoint .alluvium/demo/run --suite blimp=suites/blimp"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "Folder of a checkpoint, or of a run for its newest one.")
    private Path path;

    @Option(
            names = "--suite",
            paramLabel = "FORMAT=PATH",
            description = "Ask the questions of this file or folder; FORMAT is hellaswag, lambada or blimp."
                    + " Can be repeated.")
    private final Map<SuiteConfig.Format, Path> suites = new EnumMap<>(SuiteConfig.Format.class);

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ask the first N questions of each --suite; 0 asks all (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads; 0 takes every core (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Checkpoint checkpoint = Checkpoint.open(CheckpointOption.resolve(path));
        EvaluationReport report = new EvaluationReport(checkpoint);
        try (TrainableModel model = TrainableModels.create(
                checkpoint.shape(),
                TrainingSetup.toEvaluate(1),
                compute.backendOr(TrainConfig.Backend.CPU), // a row at a time would leave a device idle
                compute.options(threads))) {
            List<Suite> questions = suites(checkpoint);
            checkpoint.restoreWeights(model);
            if (suites.isEmpty()) {
                HeldOutEvaluation heldOut = new HeldOutEvaluation(model, () -> {});
                report.heldOut(heldOut.score(heldOutDocuments(checkpoint).documents()));
            }
            SuiteEvaluation evaluation = new SuiteEvaluation(model, 1, () -> {});
            questions.forEach(suite -> report.suite(evaluation.score(suite)));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(report.facts()));
        } else {
            report.print(out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    /** Those that the run of the checkpoint left out. */
    private HeldOutSet heldOutDocuments(Checkpoint checkpoint) {
        AlluviumConfig loaded = config.load();
        EvalConfig eval = loaded.train().eval();
        CorpusLayout corpus = CorpusLayout.of(loaded);
        return new HeldOutSet(
                StoreShardLog.of(corpus),
                new ShardOpener(corpus, checkpoint.vocabulary(), checkpoint.ends()),
                new HeldOutSplit(checkpoint.state().plan().heldOutPermille()),
                checkpoint.state().plan().selection(),
                eval.heldOutDocuments());
    }

    private List<Suite> suites(Checkpoint checkpoint) {
        List<SuiteConfig> wanted = suites.isEmpty()
                ? config.load().train().eval().suites()
                : suites.entrySet().stream()
                        .map(suite -> new SuiteConfig(
                                suite.getKey().name().toLowerCase(Locale.ROOT),
                                suite.getKey(),
                                suite.getValue(),
                                limit))
                        .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Vocabulary vocabulary = checkpoint.vocabulary();
        OptionalInt bos = checkpoint.ends().bos() ? OptionalInt.of(vocabulary.bosId()) : OptionalInt.empty();
        try (Encoder encoder = PieceEncoder.of(vocabulary)) {
            return wanted.stream()
                    .map(suite ->
                            Suite.read(suite, encoder, bos, checkpoint.shape().context()))
                    .toList();
        }
    }
}
