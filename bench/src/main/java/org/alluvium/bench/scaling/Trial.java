package org.alluvium.bench.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.alluvium.contracts.config.OptimizerConfig;
import org.alluvium.contracts.config.TrainConfig;

/**
 * A model that is trained for a few steps of {@value #TOKENS} tokens.
 *
 * @param context T; a batch has as many rows as make up a step
 */
record Trial(Size size, int context, TrainConfig.Precision precision, OptimizerConfig.Method method) {

    /** Of a step. */
    static final int TOKENS = 4096;

    private static final List<Integer> CONTEXTS = List.of(128, 512, 1024, 4096);

    /** Models by their number of parameters, with as many steps as it takes until the compiler is done and a few more. */
    enum Size {
        M1(120, "model.preset=tiny"),
        M3(100, "model.preset=small model.layers=2 model.channels=128"),
        M7(60, "model.preset=small"),
        M14(30, "model.preset=small model.layers=6 model.channels=384 model.heads=6"),
        M30(16, "model.preset=base"),
        M124(8, "model.preset=gpt2");

        private final int steps;
        private final String settings;

        Size(int steps, String settings) {
            this.steps = steps;
            this.settings = settings;
        }

        /** GPT-2's number of pieces for its size, the bundled vocabulary for all others. */
        boolean hasLargeVocabulary() {
            return this == M124;
        }

        private String words() {
            return name().substring(1) + "m";
        }
    }

    /** Every size, context and precision with AdamW, and Muon at one context. */
    static List<Trial> all() {
        List<Trial> trials = new ArrayList<>();
        for (Size size : Size.values()) {
            for (TrainConfig.Precision precision : List.of(TrainConfig.Precision.BF16, TrainConfig.Precision.FP32)) {
                CONTEXTS.forEach(
                        context -> trials.add(new Trial(size, context, precision, OptimizerConfig.Method.ADAMW)));
            }
            trials.add(new Trial(size, 512, TrainConfig.Precision.BF16, OptimizerConfig.Method.MUON));
        }
        return List.copyOf(trials);
    }

    /** For example {@code 7m-t512-bf16-adamw}. */
    String name() {
        return "%s-t%d-%s-%s".formatted(size.words(), context, words(precision), words(method));
    }

    /** As overrides of the configuration; evaluated and saved half-way, so that the last steps are undisturbed. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(size.settings.split(" ", -1)));
        settings.add("model.context=" + context);
        settings.add("train.batch=" + TOKENS / context);
        settings.add("train.precision=" + words(precision));
        settings.add("train.optimizer.method=" + words(method));
        settings.add("train.steps=" + size.steps);
        settings.add("train.eval.everySteps=" + size.steps / 2);
        settings.add("train.eval.heldOutDocuments=4");
        settings.add("train.checkpoint.permanentEverySteps=" + size.steps / 2);
        settings.add("train.shuffleWindow=256");
        return List.copyOf(settings);
    }

    private static String words(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
