package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.train.CharsMap;
import org.alluvium.tokenizer.train.TrainingSettings;
import picocli.CommandLine.Option;

/** What a vocabulary is trained by; an option that is left away keeps what {@code --from-spec} or our defaults say. */
final class TrainingOptions {

    private static final String FLAG = "true|false";

    @Option(names = "--from-spec", paramLabel = "MODEL", description = "Begin with the settings of this model file.")
    private Path fromSpec;

    @Option(names = "--type", paramLabel = "TYPE", description = "One of ${COMPLETION-CANDIDATES} (default: UNIGRAM).")
    private ModelType type;

    @Option(names = "--size", paramLabel = "N", description = "Number of pieces (default: 16000).")
    private Integer size;

    @Option(
            names = "--character-coverage",
            paramLabel = "SHARE",
            description = "Share of the characters of the text that have pieces (default: 0.9999).")
    private Float characterCoverage;

    @Option(
            names = "--required-characters",
            paramLabel = "CHARACTERS",
            description = "Characters that have pieces however rare they are.")
    private String requiredCharacters;

    @Option(
            names = "--user-defined",
            paramLabel = "PIECE",
            description = "A piece that is never split. Can be repeated.")
    private List<String> userDefined;

    @Option(names = "--control", paramLabel = "PIECE", description = "A piece that no text becomes. Can be repeated.")
    private List<String> control;

    @Option(names = "--unk-id", paramLabel = "ID", description = "Id of the unknown piece (default: 0).")
    private Integer unkId;

    @Option(names = "--bos-id", paramLabel = "ID", description = "Id that begins a document, -1 for none (default: 1).")
    private Integer bosId;

    @Option(names = "--eos-id", paramLabel = "ID", description = "Id that ends a document, -1 for none (default: 2).")
    private Integer eosId;

    @Option(names = "--pad-id", paramLabel = "ID", description = "Id that pads, -1 for none (default: -1).")
    private Integer padId;

    @Option(names = "--unk-piece", paramLabel = "TEXT", description = "Text of the unknown piece (default: <unk>).")
    private String unkPiece;

    @Option(names = "--bos-piece", paramLabel = "TEXT", description = "Text of the piece of --bos-id (default: <s>).")
    private String bosPiece;

    @Option(names = "--eos-piece", paramLabel = "TEXT", description = "Text of the piece of --eos-id (default: </s>).")
    private String eosPiece;

    @Option(names = "--pad-piece", paramLabel = "TEXT", description = "Text of the piece of --pad-id (default: <pad>).")
    private String padPiece;

    @Option(
            names = "--byte-fallback",
            paramLabel = FLAG,
            description = "Whether characters without a piece become bytes (default: true).")
    private Boolean byteFallback;

    @Option(
            names = "--split-digits",
            paramLabel = FLAG,
            description = "Whether every digit is a piece of its own (default: true).")
    private Boolean splitDigits;

    @Option(
            names = "--split-by-script",
            paramLabel = FLAG,
            description = "Whether no piece spans two scripts (default: true).")
    private Boolean splitByScript;

    @Option(
            names = "--split-by-number",
            paramLabel = FLAG,
            description = "Whether no piece holds digits and other characters (default: true).")
    private Boolean splitByNumber;

    @Option(
            names = "--split-by-whitespace",
            paramLabel = FLAG,
            description = "Whether no piece has a space inside (default: true).")
    private Boolean splitByWhitespace;

    @Option(
            names = "--whitespace-suffix",
            paramLabel = FLAG,
            description = "Whether a space ends pieces and does not begin them (default: false).")
    private Boolean whitespaceSuffix;

    @Option(
            names = "--whitespace-pieces",
            paramLabel = FLAG,
            description = "Whether a run of spaces may be a piece (default: true).")
    private Boolean whitespacePieces;

    @Option(
            names = "--max-piece-length",
            paramLabel = "N",
            description = "Characters of the longest piece (default: 16).")
    private Integer maxPieceLength;

    @Option(
            names = "--max-sentence-length",
            paramLabel = "BYTES",
            description = "Longer lines are left out (default: 1048576).")
    private Integer maxSentenceLength;

    @Option(
            names = "--normalization",
            paramLabel = "NAME",
            description =
                    "Rules that rewrite text: identity, nfkc, nmt_nfkc, nfkc_cf or nmt_nfkc_cf (default: identity).")
    private String normalization;

    @Option(
            names = "--normalization-rules",
            paramLabel = "FILE",
            description = "Rules of your own: code points, tab, code points, one a line.")
    private Path normalizationRules;

    @Option(
            names = "--dummy-prefix",
            paramLabel = FLAG,
            description = "Whether a space is put before a text (default: true).")
    private Boolean dummyPrefix;

    @Option(
            names = "--remove-extra-whitespaces",
            paramLabel = FLAG,
            description = "Whether leading, trailing and repeated spaces are lost (default: false).")
    private Boolean removeExtraWhitespaces;

    @Option(names = "--soft-limit", description = "Be content with fewer pieces where the text has no more.")
    private boolean softLimit;

    @Option(names = "--use-all", description = "Keep all words, or characters, that were seen.")
    private boolean useAll;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            description = "text: a sentence a line; tsv: sentence, tab, count (default: text).")
    private String inputFormat;

    @Option(
            names = "--input-sentence-size",
            paramLabel = "N",
            description = "Train on so many lines drawn by chance; 0 is all (default: 0).")
    private Long inputSentenceSize;

    @Option(
            names = "--shuffle",
            paramLabel = FLAG,
            description = "Whether they are drawn, rather than the first ones (default: true).")
    private Boolean shuffle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + TrainingSettings.SEED,
            description = "Seed of the drawing (default: ${DEFAULT-VALUE}, spm_train's).")
    private long seed;

    @Option(
            names = "--seed-size",
            paramLabel = "N",
            description = "Candidates that unigram training begins with (default: 1000000).")
    private Integer seedSize;

    @Option(
            names = "--shrinking-factor",
            paramLabel = "SHARE",
            description = "Share of the pieces that a round of unigram training keeps (default: 0.75).")
    private Float shrinkingFactor;

    @Option(
            names = "--sub-iterations",
            paramLabel = "N",
            description = "Rounds of expectation and maximisation between two prunings (default: 2).")
    private Integer subIterations;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads; the vocabulary does not depend on them (default: ${DEFAULT-VALUE}).")
    private int threads;

    long seed() {
        return seed;
    }

    /** The settings; a combination that cannot be trained is refused with the nearest that can. */
    TrainingSettings settings() {
        TrainingSettings base = Optional.ofNullable(fromSpec)
                .map(TrainingOptions::like)
                .orElseGet(() -> TrainingSettings.lossless(ModelType.UNIGRAM, 16000));
        return new TrainingSettings(trainer(base.trainer()), normalizer(base.normalizer()), seed);
    }

    private static TrainingSettings like(Path model) {
        return TrainingSettings.like(Vocabulary.load(model).model());
    }

    private TrainerSpec trainer(TrainerSpec base) {
        TrainerSpec.Builder spec = base.toBuilder();
        set(type, spec::modelType);
        set(size, spec::vocabSize);
        set(characterCoverage, spec::characterCoverage);
        set(requiredCharacters, spec::requiredChars);
        set(userDefined, spec::userDefinedSymbols);
        set(control, spec::controlSymbols);
        set(unkId, spec::unkId);
        set(bosId, spec::bosId);
        set(eosId, spec::eosId);
        set(padId, spec::padId);
        set(unkPiece, spec::unkPiece);
        set(bosPiece, spec::bosPiece);
        set(eosPiece, spec::eosPiece);
        set(padPiece, spec::padPiece);
        set(byteFallback, spec::byteFallback);
        set(splitDigits, spec::splitDigits);
        set(splitByScript, spec::splitByUnicodeScript);
        set(splitByNumber, spec::splitByNumber);
        set(splitByWhitespace, spec::splitByWhitespace);
        set(whitespaceSuffix, spec::treatWhitespaceAsSuffix);
        set(whitespacePieces, spec::allowWhitespaceOnlyPieces);
        set(maxPieceLength, spec::maxSentencepieceLength);
        set(maxSentenceLength, spec::maxSentenceLength);
        set(softLimit ? false : null, spec::hardVocabLimit);
        set(useAll ? true : null, spec::useAllVocab);
        set(inputFormat, spec::inputFormat);
        set(inputSentenceSize, spec::inputSentenceSize);
        set(shuffle, spec::shuffleInputSentence);
        set(seedSize, spec::seedSentencepieceSize);
        set(shrinkingFactor, spec::shrinkingFactor);
        set(subIterations, spec::numSubIterations);
        return spec.numThreads(threads).build();
    }

    private NormalizerSpec normalizer(NormalizerSpec base) {
        if (normalization != null && normalizationRules != null) {
            throw new ConfigException(
                    "text cannot be rewritten by " + normalization + " and by rules of your own",
                    "--normalization and --normalization-rules",
                    "Leave one of them away.");
        }
        NormalizerSpec spec = base;
        if (normalization != null) {
            spec = spec.withRules(normalization, CharsMap.named(normalization).compile());
        }
        if (normalizationRules != null) {
            spec = spec.withRules(
                    "user_defined", CharsMap.load(normalizationRules).compile());
        }
        if (dummyPrefix != null) {
            spec = spec.withAddDummyPrefix(dummyPrefix);
        }
        if (removeExtraWhitespaces != null) {
            spec = spec.withRemoveExtraWhitespaces(removeExtraWhitespaces);
        }
        return spec;
    }

    private static <T> void set(T value, Consumer<T> field) {
        if (value != null) {
            field.accept(value);
        }
    }
}
