package org.alluvium.tokenizer.train;

import java.util.Locale;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;

/**
 * What a vocabulary is trained by: the messages that a model file carries, so that any model says how to train another like it.
 * Only combinations that can be trained exist.
 *
 * @param trainer SentencePiece's settings; of them {@code input}, {@code modelPrefix}, differential privacy, self-tests and
 *     {@code numThreads} do not change a result of ours
 * @param normalizer the rules in precompiled form, and what is done to white space
 * @param seed of the sampling of lines; {@link #SEED} samples those that {@code spm_train} does
 */
public record TrainingSettings(TrainerSpec trainer, NormalizerSpec normalizer, long seed) {

    /** The seed that {@code spm_train} samples lines with. */
    public static final long SEED = 12345678;

    static final int MAX_SIZE = 1 << 28;

    /**
     * Checks the settings.
     *
     * @throws ConfigException if they cannot be trained by; says what is nearest
     */
    public TrainingSettings {
        checkRanges(trainer);
        checkCombinations(trainer, normalizer);
        MetaPieces.of(trainer);
    }

    /** Settings with the seed of {@code spm_train}. */
    public TrainingSettings(TrainerSpec trainer, NormalizerSpec normalizer) {
        this(trainer, normalizer, SEED);
    }

    /**
     * The settings that vocabularies of ours have: every text comes back as it was, digits are pieces of their own, runs of spaces
     * are pieces, and a character without a piece is its bytes.
     */
    public static TrainingSettings lossless(ModelType type, int size) {
        TrainerSpec trainer = new TrainerSpec.Builder()
                .modelType(type)
                .vocabSize(size)
                .characterCoverage(0.9999f)
                .maxSentenceLength(1 << 20)
                .byteFallback(true)
                .splitDigits(true)
                .allowWhitespaceOnlyPieces(true)
                .numThreads(1)
                .build();
        NormalizerSpec normalizer =
                NormalizerSpec.defaults().withRules("identity", new byte[0]).withRemoveExtraWhitespaces(false);
        return new TrainingSettings(trainer, normalizer);
    }

    /**
     * The settings that a model was trained by; the lines need not have been sampled as then.
     *
     * @throws ConfigException if it cannot be trained by what it says
     */
    public static TrainingSettings like(SentencePieceModel model) {
        return new TrainingSettings(model.trainer(), model.normalizer());
    }

    private static void checkRanges(TrainerSpec spec) {
        check("--size", spec.vocabSize(), MetaPieces.leastSize(spec), MAX_SIZE);
        check("--character-coverage", spec.characterCoverage(), 0.98, 1);
        check("--max-piece-length", spec.maxSentencepieceLength(), 1, 512);
        check("--max-sentence-length", spec.maxSentenceLength(), 10, 1 << 30);
        check("--sub-iterations", spec.numSubIterations(), 1, 10);
        check("--shrinking-factor", spec.shrinkingFactor(), 0.5, 0.95);
        check("--threads", spec.numThreads(), 1, 1024);
        check("--seed-size", spec.seedSentencepieceSize(), 1, 1 << 28);
        if (spec.inputSentenceSize() != 0) {
            check("--input-sentence-size", (double) spec.inputSentenceSize(), 101, Integer.MAX_VALUE - 16);
        }
    }

    private static void checkCombinations(TrainerSpec spec, NormalizerSpec normalizer) {
        boolean pieces = spec.modelType() == ModelType.UNIGRAM || spec.modelType() == ModelType.BPE;
        refuse(
                pieces && spec.useAllVocab(),
                "all that was seen cannot be kept by a vocabulary of type "
                        + spec.modelType().name().toLowerCase(Locale.ROOT),
                "Leave --use-all away, or set --type to word or char.");
        refuse(
                !normalizer.escapeWhitespaces(),
                "spaces must become U+2581 for training, but the settings leave them as they are",
                "Set escape_whitespaces.");
        refuse(
                spec.enableDifferentialPrivacy(),
                "training with noise for differential privacy is not supported",
                "Train without it.");
        refuse(
                !spec.pretokenizationDelimiter().isEmpty(),
                "text that is cut by a delimiter before training is not supported",
                "Leave pretokenization_delimiter empty.");
        refuse(
                !spec.inputFormat().isEmpty()
                        && !spec.inputFormat().equals("text")
                        && !spec.inputFormat().equals("tsv"),
                "there is no input format '" + spec.inputFormat() + "'",
                "Set it to text (a sentence a line) or tsv (sentence, tab, count).");
        refuse(
                spec.requiredChars().indexOf(TrainingText.UNKNOWN) >= 0,
                "U+2585 stands for unknown characters in training and cannot be a required one",
                "Leave it out of --required-characters.");
    }

    private static void check(String option, double value, double min, double max) {
        if (!(value >= (float) min && value <= (float) max)) {
            double nearest = value < min ? min : max;
            throw new ConfigException(
                    option + " is " + plain(value) + ", but must be from " + plain(min) + " to " + plain(max),
                    "the settings of training",
                    "The nearest is " + option + " " + plain(nearest) + ".");
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Float.toString((float) value);
    }

    private static void refuse(boolean wrong, String what, String todo) {
        if (wrong) {
            throw new ConfigException(what, "the settings of training", todo);
        }
    }
}
