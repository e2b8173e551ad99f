package org.alluvium.contracts.config;

import java.util.List;

/** The {@code train.eval} section. */
public record EvalConfig(
        @Key(
                doc = "Documents in a thousand, chosen by their content hash, that are never trained on.",
                byDefault = "10",
                min = 0,
                max = 500)
        int heldOutPermille,

        @Key(
                doc = "Held-out documents that are scored: the first so many of the log.",
                byDefault = "64",
                min = 1,
                max = 1048576)
        int heldOutDocuments,

        @Key(
                doc = "Steps between two held-out evaluations, and two reports of prequential bits per byte; 0 never.",
                byDefault = "100",
                min = 0)
        long everySteps,

        @Key(
                doc =
                        "Held-out documents of each day of publication that are scored as well, wherever in the log they are, at the"
                                + " same steps; 0 for none. Every shard is read once more for it.",
                byDefault = "0",
                min = 0,
                max = 65536)
        int documentsOfDay,

        @Key(doc = "Suites of questions that the model is asked.", byDefault = "[]")
        List<SuiteConfig> suites,

        @Key(doc = "Steps between two rounds of the suites; 0 never.", byDefault = "1000", min = 0)
        long suiteEverySteps,

        @Key(
                doc =
                        "Where evaluations take place: in the 'background' on a copy of the weights, while training goes on, and"
                                + " always on the CPU; or 'between_steps', while training waits, on what trains, which takes no"
                                + " memory and each at its very step.",
                byDefault = "background")
        Place place,

        @Key(
                doc =
                        "Threads of an evaluation in the background; 0 takes every core. They leave the processor to training"
                                + " wherever both want it. Results do not depend on it.",
                byDefault = "1",
                min = 0,
                max = 1024)
        int threads,

        @Key(doc = "Steps between two rounds of text samples; 0 never.", byDefault = "100", min = 0)
        long sampleEverySteps,

        @Key(
                doc = "What the samples continue.",
                byDefault = "[\"The European Parliament\", \"Herr Präsident,\", \"Je voudrais\"]")
        List<String> prompts,

        @Key(doc = "Tokens of a sample.", byDefault = "40", min = 1, max = 4096)
        int sampleTokens,

        @Key(doc = "Temperature of the samples; 0 takes the likeliest token.", byDefault = "0.7", min = 0, max = 10)
        double temperature) {

    /** Where evaluations take place. */
    public enum Place {
        BACKGROUND,
        BETWEEN_STEPS
    }

    public EvalConfig {
        suites = List.copyOf(suites);
        prompts = List.copyOf(prompts);
    }

    /** Whether there is a copy of the weights, on which evaluations take place while training goes on. */
    public boolean inBackground() {
        boolean asksSuites = !suites.isEmpty() && suiteEverySteps > 0;
        return place == Place.BACKGROUND && (everySteps > 0 || sampleEverySteps > 0 || asksSuites);
    }
}
