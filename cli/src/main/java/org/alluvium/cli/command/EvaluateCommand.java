package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.alluvium.cli.view.Terminal;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates the model of a checkpoint as training would. */
@Command(
        name = "evaluate",
        description = {
            "Score a checkpoint: held-out documents of the corpus, and suites of questions.",
            "",
            "Held-out documents and suites are those of the configuration; with --suite only the suites named there."
                    + " Without --backend the CPU computes.",
            "",
            "With --by day: held-out documents of the whole log by day (UTC) of publication, with standard errors, how many"
                    + " documents of each day the checkpoint had learned from, and whether the day is past, the newest of"
                    + " those or to come. Older days are joined to months and years. Documents without a date count to"
                    + " the day they were read, in lines of their own. With --after a second checkpoint and the difference."
        },
        footer = {
            "  ./alluvium evaluate --config .alluvium/demo/alluvium.yaml --checkpoint .alluvium/demo/run",
            "  ./alluvium evaluate --checkpoint .alluvium/demo/run --suite blimp=suites/blimp",
            "  ./alluvium evaluate --by day --checkpoint run/checkpoints/step-000000001000 --after run"
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

    @Option(names = "--by", paramLabel = "day", description = "Score held-out documents by day of publication.")
    private Optional<By> by = Optional.empty();

    @Option(
            names = "--after",
            paramLabel = "DIR",
            description = "With --by day: a later checkpoint; the difference is its loss less that of --checkpoint.")
    private Optional<Path> after = Optional.empty();

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "64",
            description = "With --by day: documents of each day at most (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What documents are grouped by. */
    enum By {
        DAY
    }

    @Override
    public Integer call() {
        if (by.isPresent()) {
            return scoreDays();
        }
        if (after.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--after needs --by day");
        }
        Checkpoint checkpoint = Checkpoint.open(CheckpointOption.resolve(path));
        EvaluationReport report = new EvaluationReport(checkpoint);
        try (TrainableModel model = model(checkpoint)) {
            List<Suite> questions = suites(checkpoint);
            checkpoint.restoreWeights(model);
            if (suites.isEmpty()) {
                HeldOutEvaluation heldOut = new HeldOutEvaluation(model, () -> {});
                report.heldOut(heldOut.score(heldOutDocuments(checkpoint).documents()));
            }
            SuiteEvaluation evaluation = new SuiteEvaluation(model, 1, () -> {});
            questions.forEach(suite -> report.suite(evaluation.score(suite)));
        }
        return tell(report::facts, report::print);
    }

    private TrainableModel model(Checkpoint checkpoint) {
        return TrainableModels.create(
                checkpoint.shape(),
                TrainingSetup.toEvaluate(1),
                compute.backendOr(TrainConfig.Backend.CPU), // a row at a time would leave a device idle
                compute.options(threads));
    }

    private int scoreDays() {
        if (!suites.isEmpty() || documents < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--by day goes without --suite, and with --documents of at least 1");
        }
        ProgressLine progress = new ProgressLine(
                spec.commandLine().getErr(), Terminal.onStandardError().isPresent(), System::nanoTime);
        List<Checkpoint> checkpoints = Stream.concat(Stream.of(path), after.stream())
                .map(folder -> Checkpoint.open(CheckpointOption.resolve(folder)))
                .toList();
        DayScoring scoring = new DayScoring(CorpusLayout.of(config.load()), documents, this::restored, progress);
        DayReport report = new DayReport(scoring.score(checkpoints));
        progress.end();
        return tell(report::facts, report::print);
    }

    private TrainableModel restored(Checkpoint checkpoint) {
        TrainableModel model = model(checkpoint);
        try {
            checkpoint.restoreWeights(model);
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private int tell(Supplier<Map<String, Object>> facts, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(facts.get()));
        } else {
            text.accept(out);
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
