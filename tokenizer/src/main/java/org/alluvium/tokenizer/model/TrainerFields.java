package org.alluvium.tokenizer.model;

import java.util.List;

/** The fields of a {@link TrainerSpec} with the schema's defaults, and their setters; {@link TrainerSpec} says what they mean. */
public abstract sealed class TrainerFields<B> permits TrainerSpec.Builder {

    List<String> input = List.of();
    String inputFormat = "";
    String modelPrefix = "";
    ModelType modelType = ModelType.UNIGRAM;
    int vocabSize = 8000;
    List<String> acceptLanguage = List.of();
    int selfTestSampleSize = 0;
    boolean enableDifferentialPrivacy = false;
    float differentialPrivacyNoiseLevel = 0f;
    long differentialPrivacyClippingThreshold = 0L;
    float characterCoverage = 0.9995f;
    long inputSentenceSize = 0L;
    boolean shuffleInputSentence = true;
    int miningSentenceSize = 0;
    int trainingSentenceSize = 0;
    int seedSentencepieceSize = 1000000;
    float shrinkingFactor = 0.75f;
    int maxSentenceLength = 4192;
    int numThreads = 16;
    int numSubIterations = 2;
    int maxSentencepieceLength = 16;
    boolean splitByUnicodeScript = true;
    boolean splitByNumber = true;
    boolean splitByWhitespace = true;
    boolean treatWhitespaceAsSuffix = false;
    boolean allowWhitespaceOnlyPieces = false;
    boolean splitDigits = false;
    String pretokenizationDelimiter = "";
    List<String> controlSymbols = List.of();
    List<String> userDefinedSymbols = List.of();
    String requiredChars = "";
    boolean byteFallback = false;
    boolean vocabularyOutputPieceScore = true;
    boolean hardVocabLimit = true;
    boolean useAllVocab = false;
    int unkId = 0;
    int bosId = 1;
    int eosId = 2;
    int padId = -1;
    String unkPiece = "<unk>";
    String bosPiece = "<s>";
    String eosPiece = "</s>";
    String padPiece = "<pad>";
    String unkSurface = " \u2047 ";
    boolean trainExtremelyLargeCorpus = false;
    String seedSentencepiecesFile = "";

    TrainerFields() {}

    abstract B self();

    public final B input(List<String> value) {
        input = value;
        return self();
    }

    public final B inputFormat(String value) {
        inputFormat = value;
        return self();
    }

    public final B modelPrefix(String value) {
        modelPrefix = value;
        return self();
    }

    public final B modelType(ModelType value) {
        modelType = value;
        return self();
    }

    public final B vocabSize(int value) {
        vocabSize = value;
        return self();
    }

    public final B acceptLanguage(List<String> value) {
        acceptLanguage = value;
        return self();
    }

    public final B selfTestSampleSize(int value) {
        selfTestSampleSize = value;
        return self();
    }

    public final B enableDifferentialPrivacy(boolean value) {
        enableDifferentialPrivacy = value;
        return self();
    }

    public final B differentialPrivacyNoiseLevel(float value) {
        differentialPrivacyNoiseLevel = value;
        return self();
    }

    public final B differentialPrivacyClippingThreshold(long value) {
        differentialPrivacyClippingThreshold = value;
        return self();
    }

    public final B characterCoverage(float value) {
        characterCoverage = value;
        return self();
    }

    public final B inputSentenceSize(long value) {
        inputSentenceSize = value;
        return self();
    }

    public final B shuffleInputSentence(boolean value) {
        shuffleInputSentence = value;
        return self();
    }

    public final B miningSentenceSize(int value) {
        miningSentenceSize = value;
        return self();
    }

    public final B trainingSentenceSize(int value) {
        trainingSentenceSize = value;
        return self();
    }

    public final B seedSentencepieceSize(int value) {
        seedSentencepieceSize = value;
        return self();
    }

    public final B shrinkingFactor(float value) {
        shrinkingFactor = value;
        return self();
    }

    public final B maxSentenceLength(int value) {
        maxSentenceLength = value;
        return self();
    }

    public final B numThreads(int value) {
        numThreads = value;
        return self();
    }

    public final B numSubIterations(int value) {
        numSubIterations = value;
        return self();
    }

    public final B maxSentencepieceLength(int value) {
        maxSentencepieceLength = value;
        return self();
    }

    public final B splitByUnicodeScript(boolean value) {
        splitByUnicodeScript = value;
        return self();
    }

    public final B splitByNumber(boolean value) {
        splitByNumber = value;
        return self();
    }

    public final B splitByWhitespace(boolean value) {
        splitByWhitespace = value;
        return self();
    }

    public final B treatWhitespaceAsSuffix(boolean value) {
        treatWhitespaceAsSuffix = value;
        return self();
    }

    public final B allowWhitespaceOnlyPieces(boolean value) {
        allowWhitespaceOnlyPieces = value;
        return self();
    }

    public final B splitDigits(boolean value) {
        splitDigits = value;
        return self();
    }

    public final B pretokenizationDelimiter(String value) {
        pretokenizationDelimiter = value;
        return self();
    }

    public final B controlSymbols(List<String> value) {
        controlSymbols = value;
        return self();
    }

    public final B userDefinedSymbols(List<String> value) {
        userDefinedSymbols = value;
        return self();
    }

    public final B requiredChars(String value) {
        requiredChars = value;
        return self();
    }

    public final B byteFallback(boolean value) {
        byteFallback = value;
        return self();
    }

    public final B vocabularyOutputPieceScore(boolean value) {
        vocabularyOutputPieceScore = value;
        return self();
    }

    public final B hardVocabLimit(boolean value) {
        hardVocabLimit = value;
        return self();
    }

    public final B useAllVocab(boolean value) {
        useAllVocab = value;
        return self();
    }

    public final B unkId(int value) {
        unkId = value;
        return self();
    }

    public final B bosId(int value) {
        bosId = value;
        return self();
    }

    public final B eosId(int value) {
        eosId = value;
        return self();
    }

    public final B padId(int value) {
        padId = value;
        return self();
    }

    public final B unkPiece(String value) {
        unkPiece = value;
        return self();
    }

    public final B bosPiece(String value) {
        bosPiece = value;
        return self();
    }

    public final B eosPiece(String value) {
        eosPiece = value;
        return self();
    }

    public final B padPiece(String value) {
        padPiece = value;
        return self();
    }

    public final B unkSurface(String value) {
        unkSurface = value;
        return self();
    }

    public final B trainExtremelyLargeCorpus(boolean value) {
        trainExtremelyLargeCorpus = value;
        return self();
    }

    public final B seedSentencepiecesFile(String value) {
        seedSentencepiecesFile = value;
        return self();
    }
}
