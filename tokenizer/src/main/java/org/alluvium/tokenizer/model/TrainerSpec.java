package org.alluvium.tokenizer.model;

import java.util.List;

/**
 * How a model was trained, and those of the settings of training that change how it encodes: every field of the message
 * {@code TrainerSpec} of SentencePiece's published schema, under the name it has there.
 *
 * @param input the files it was trained on
 * @param inputFormat {@code text} (a sentence a line) or {@code tsv} (sentence, tab, frequency); empty is {@code text}
 * @param modelPrefix where the trainer wrote to, without {@code .model}
 * @param modelType how text is segmented
 * @param vocabSize number of pieces asked for
 * @param acceptLanguage languages the model is meant for; nothing depends on it
 * @param selfTestSampleSize number of samples kept in the model to test it with
 * @param enableDifferentialPrivacy whether training added noise to the counts of words
 * @param differentialPrivacyNoiseLevel standard deviation of that noise
 * @param differentialPrivacyClippingThreshold words counted less often than this were dropped with it
 * @param characterCoverage share of the characters of the text that have pieces; the others are unknown
 * @param inputSentenceSize number of sentences sampled from the input; 0 is all
 * @param shuffleInputSentence whether they were sampled at random
 * @param miningSentenceSize no longer used
 * @param trainingSentenceSize no longer used
 * @param seedSentencepieceSize number of candidates that unigram training begins with
 * @param shrinkingFactor share of the pieces that a round of unigram training keeps
 * @param maxSentenceLength longest sentence in bytes; longer ones were skipped
 * @param numThreads threads of the training
 * @param numSubIterations rounds of expectation and maximisation between two prunings
 * @param maxSentencepieceLength longest piece in characters
 * @param splitByUnicodeScript whether no piece spans two scripts
 * @param splitByNumber whether no piece holds digits and other characters
 * @param splitByWhitespace whether no piece has white space inside
 * @param treatWhitespaceAsSuffix whether white space ends pieces and does not begin them; changes ids
 * @param allowWhitespaceOnlyPieces whether a run of white space may be a piece
 * @param splitDigits whether every digit is a piece of its own
 * @param pretokenizationDelimiter text in the training input where no piece may cross
 * @param controlSymbols control pieces asked for, beside BOS, EOS and padding
 * @param userDefinedSymbols pieces asked for that are never split
 * @param requiredChars characters that have pieces however rare they are
 * @param byteFallback whether characters without a piece become bytes; changes ids
 * @param vocabularyOutputPieceScore whether the trainer's {@code .vocab} file has scores
 * @param hardVocabLimit whether training fails where there are too few pieces for the size asked for
 * @param useAllVocab whether word and character models keep all they saw
 * @param unkId id of the unknown piece
 * @param bosId id of the piece that begins a document, -1 for none
 * @param eosId id of the piece that ends a document, -1 for none
 * @param padId id of the piece that pads, -1 for none
 * @param unkPiece text of the unknown piece
 * @param bosPiece text of the piece that begins a document
 * @param eosPiece text of the piece that ends a document
 * @param padPiece text of the piece that pads
 * @param unkSurface what the unknown piece decodes to
 * @param trainExtremelyLargeCorpus whether the trainer counted in 64 bits
 * @param seedSentencepiecesFile file of candidates that unigram training began with
 */
public record TrainerSpec(
        List<String> input,
        String inputFormat,
        String modelPrefix,
        ModelType modelType,
        int vocabSize,
        List<String> acceptLanguage,
        int selfTestSampleSize,
        boolean enableDifferentialPrivacy,
        float differentialPrivacyNoiseLevel,
        long differentialPrivacyClippingThreshold,
        float characterCoverage,
        long inputSentenceSize,
        boolean shuffleInputSentence,
        int miningSentenceSize,
        int trainingSentenceSize,
        int seedSentencepieceSize,
        float shrinkingFactor,
        int maxSentenceLength,
        int numThreads,
        int numSubIterations,
        int maxSentencepieceLength,
        boolean splitByUnicodeScript,
        boolean splitByNumber,
        boolean splitByWhitespace,
        boolean treatWhitespaceAsSuffix,
        boolean allowWhitespaceOnlyPieces,
        boolean splitDigits,
        String pretokenizationDelimiter,
        List<String> controlSymbols,
        List<String> userDefinedSymbols,
        String requiredChars,
        boolean byteFallback,
        boolean vocabularyOutputPieceScore,
        boolean hardVocabLimit,
        boolean useAllVocab,
        int unkId,
        int bosId,
        int eosId,
        int padId,
        String unkPiece,
        String bosPiece,
        String eosPiece,
        String padPiece,
        String unkSurface,
        boolean trainExtremelyLargeCorpus,
        String seedSentencepiecesFile) {

    public TrainerSpec {
        input = List.copyOf(input);
        acceptLanguage = List.copyOf(acceptLanguage);
        controlSymbols = List.copyOf(controlSymbols);
        userDefinedSymbols = List.copyOf(userDefinedSymbols);
    }

    /** The schema's defaults. */
    public static TrainerSpec defaults() {
        return new Builder().build();
    }

    /** A builder that begins with the values of this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects the fields; begins with the schema's defaults. Not thread-safe. */
    public static final class Builder extends TrainerFields<Builder> {

        public Builder() {}

        private Builder(TrainerSpec spec) {
            input = spec.input;
            inputFormat = spec.inputFormat;
            modelPrefix = spec.modelPrefix;
            modelType = spec.modelType;
            vocabSize = spec.vocabSize;
            acceptLanguage = spec.acceptLanguage;
            selfTestSampleSize = spec.selfTestSampleSize;
            enableDifferentialPrivacy = spec.enableDifferentialPrivacy;
            differentialPrivacyNoiseLevel = spec.differentialPrivacyNoiseLevel;
            differentialPrivacyClippingThreshold = spec.differentialPrivacyClippingThreshold;
            characterCoverage = spec.characterCoverage;
            inputSentenceSize = spec.inputSentenceSize;
            shuffleInputSentence = spec.shuffleInputSentence;
            miningSentenceSize = spec.miningSentenceSize;
            trainingSentenceSize = spec.trainingSentenceSize;
            seedSentencepieceSize = spec.seedSentencepieceSize;
            shrinkingFactor = spec.shrinkingFactor;
            maxSentenceLength = spec.maxSentenceLength;
            numThreads = spec.numThreads;
            numSubIterations = spec.numSubIterations;
            maxSentencepieceLength = spec.maxSentencepieceLength;
            splitByUnicodeScript = spec.splitByUnicodeScript;
            splitByNumber = spec.splitByNumber;
            splitByWhitespace = spec.splitByWhitespace;
            treatWhitespaceAsSuffix = spec.treatWhitespaceAsSuffix;
            allowWhitespaceOnlyPieces = spec.allowWhitespaceOnlyPieces;
            splitDigits = spec.splitDigits;
            pretokenizationDelimiter = spec.pretokenizationDelimiter;
            controlSymbols = spec.controlSymbols;
            userDefinedSymbols = spec.userDefinedSymbols;
            requiredChars = spec.requiredChars;
            byteFallback = spec.byteFallback;
            vocabularyOutputPieceScore = spec.vocabularyOutputPieceScore;
            hardVocabLimit = spec.hardVocabLimit;
            useAllVocab = spec.useAllVocab;
            unkId = spec.unkId;
            bosId = spec.bosId;
            eosId = spec.eosId;
            padId = spec.padId;
            unkPiece = spec.unkPiece;
            bosPiece = spec.bosPiece;
            eosPiece = spec.eosPiece;
            padPiece = spec.padPiece;
            unkSurface = spec.unkSurface;
            trainExtremelyLargeCorpus = spec.trainExtremelyLargeCorpus;
            seedSentencepiecesFile = spec.seedSentencepiecesFile;
        }

        @Override
        Builder self() {
            return this;
        }

        public TrainerSpec build() {
            return new TrainerSpec(
                    input,
                    inputFormat,
                    modelPrefix,
                    modelType,
                    vocabSize,
                    acceptLanguage,
                    selfTestSampleSize,
                    enableDifferentialPrivacy,
                    differentialPrivacyNoiseLevel,
                    differentialPrivacyClippingThreshold,
                    characterCoverage,
                    inputSentenceSize,
                    shuffleInputSentence,
                    miningSentenceSize,
                    trainingSentenceSize,
                    seedSentencepieceSize,
                    shrinkingFactor,
                    maxSentenceLength,
                    numThreads,
                    numSubIterations,
                    maxSentencepieceLength,
                    splitByUnicodeScript,
                    splitByNumber,
                    splitByWhitespace,
                    treatWhitespaceAsSuffix,
                    allowWhitespaceOnlyPieces,
                    splitDigits,
                    pretokenizationDelimiter,
                    controlSymbols,
                    userDefinedSymbols,
                    requiredChars,
                    byteFallback,
                    vocabularyOutputPieceScore,
                    hardVocabLimit,
                    useAllVocab,
                    unkId,
                    bosId,
                    eosId,
                    padId,
                    unkPiece,
                    bosPiece,
                    eosPiece,
                    padPiece,
                    unkSurface,
                    trainExtremelyLargeCorpus,
                    seedSentencepiecesFile);
        }
    }
}
