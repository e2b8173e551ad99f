package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.document.DocumentTokenizer;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.generate.Generator;
import org.alluvium.trainer.generate.Sampling;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a checkpoint continue a text. */
@Command(
        name = "generate",
        description = "Continue a text with the model of a checkpoint; on the CPU, without --backend.",
        footer = {
            "  ./alluvium generate --checkpoint .alluvium/demo/run --prompt 'The European Parliament'",
            "  ./alluvium generate --checkpoint .alluvium/demo/run --prompt 'Herr' --temperature 0"
        })
final class GenerateCommand implements Callable<Integer> {

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "Folder of a checkpoint, or of a run for its newest one.")
    private Path path;

    @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What the text begins with.")
    private String prompt;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "100",
            description = "Tokens to add (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--temperature",
            paramLabel = "X",
            defaultValue = "0.7",
            description = "0 takes the likeliest token, 1 draws as the model says (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "50",
            description = "Draw from the N likeliest tokens; 0 from all (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "X",
            defaultValue = "0.95",
            description =
                    "Draw from the likeliest tokens that have this probability together (default: ${DEFAULT-VALUE}).")
    private double topP;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same text (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        Checkpoint checkpoint = Checkpoint.open(CheckpointOption.resolve(path));
        Sampling sampling = new Sampling(temperature, topK, topP, seed);
        Vocabulary vocabulary = checkpoint.vocabulary();
        try (TrainableModel model = TrainableModels.create(
                checkpoint.shape(),
                TrainingSetup.toEvaluate(1),
                compute.backendOr(TrainConfig.Backend.CPU), // a row at a time would leave a device idle
                compute.options(0))) {
            checkpoint.restoreWeights(model);
            int[] ids = promptIds(checkpoint, vocabulary);
            int stop = checkpoint.ends().eos() ? vocabulary.eosId() : Vocabulary.NONE;
            TextStream text = new TextStream(vocabulary, ids, System.out);
            Clock clock = new Clock(System::nanoTime);
            new Generator(model).generate(ids, tokens, stop, sampling, id -> {
                clock.tick();
                text.add(id);
            });
            text.end();
            clock.line(ids.length).ifPresent(System.err::println);
        }
        return ExitCode.OK.code();
    }

    /** Tells the time that the prompt took from that of the tokens after it. */
    static final class Clock {

        private static final double NANOS_PER_SECOND = 1e9;

        private final LongSupplier nanoTime;
        private final long started;
        private long first;
        private long newest;
        private int drawn;

        Clock(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            this.started = nanoTime.getAsLong();
        }

        /** A token has been drawn. */
        void tick() {
            newest = nanoTime.getAsLong();
            drawn++;
            if (drawn == 1) {
                first = newest;
            }
        }

        /** What there is to report, if more than a token was drawn. */
        Optional<String> line(int promptTokens) {
            if (drawn < 2) {
                return Optional.empty();
            }
            return Optional.of("%s tokens/s; a prompt of %s tokens took %s ms"
                    .formatted(
                            Units.rate((drawn - 1) * NANOS_PER_SECOND / (newest - first)),
                            Units.count(promptTokens),
                            Units.rate((first - started) / 1e6)));
        }
    }

    /** The prompt as the beginning of a document, marked as documents were in training. */
    private int[] promptIds(Checkpoint checkpoint, Vocabulary vocabulary) {
        try (DocumentTokenizer tokenizer =
                DocumentTokenizer.of(vocabulary, checkpoint.ends().bos(), false)) {
            return tokenizer.tokenize(prompt);
        }
    }
}
