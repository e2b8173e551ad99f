package org.alluvium.tokenizer.model;

import java.util.ArrayList;
import java.util.List;

/** Reads and writes the message {@code TrainerSpec}; a field that has the schema's default is not written. */
final class TrainerSpecFormat {

    private TrainerSpecFormat() {}

    static TrainerSpec read(ProtoReader in) {
        TrainerSpec.Builder spec = new TrainerSpec.Builder();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> spec.input(append(spec.input, in.string()));
                case 2 -> spec.modelPrefix(in.string());
                case 3 -> spec.modelType(type(in));
                case 4 -> spec.vocabSize((int) in.varint());
                case 5 -> spec.acceptLanguage(append(spec.acceptLanguage, in.string()));
                case 6 -> spec.selfTestSampleSize((int) in.varint());
                case 7 -> spec.inputFormat(in.string());
                case 10 -> spec.characterCoverage(in.float32());
                case 11 -> spec.inputSentenceSize(in.varint());
                case 12 -> spec.miningSentenceSize((int) in.varint());
                case 13 -> spec.trainingSentenceSize((int) in.varint());
                case 14 -> spec.seedSentencepieceSize((int) in.varint());
                case 15 -> spec.shrinkingFactor(in.float32());
                case 16 -> spec.numThreads((int) in.varint());
                case 17 -> spec.numSubIterations((int) in.varint());
                case 18 -> spec.maxSentenceLength((int) in.varint());
                case 19 -> spec.shuffleInputSentence(in.bool());
                case 20 -> spec.maxSentencepieceLength((int) in.varint());
                case 21 -> spec.splitByUnicodeScript(in.bool());
                case 22 -> spec.splitByWhitespace(in.bool());
                case 23 -> spec.splitByNumber(in.bool());
                case 24 -> spec.treatWhitespaceAsSuffix(in.bool());
                case 25 -> spec.splitDigits(in.bool());
                case 26 -> spec.allowWhitespaceOnlyPieces(in.bool());
                case 30 -> spec.controlSymbols(append(spec.controlSymbols, in.string()));
                case 31 -> spec.userDefinedSymbols(append(spec.userDefinedSymbols, in.string()));
                case 32 -> spec.vocabularyOutputPieceScore(in.bool());
                case 33 -> spec.hardVocabLimit(in.bool());
                case 34 -> spec.useAllVocab(in.bool());
                case 35 -> spec.byteFallback(in.bool());
                case 36 -> spec.requiredChars(in.string());
                case 40 -> spec.unkId((int) in.varint());
                case 41 -> spec.bosId((int) in.varint());
                case 42 -> spec.eosId((int) in.varint());
                case 43 -> spec.padId((int) in.varint());
                case 44 -> spec.unkSurface(in.string());
                case 45 -> spec.unkPiece(in.string());
                case 46 -> spec.bosPiece(in.string());
                case 47 -> spec.eosPiece(in.string());
                case 48 -> spec.padPiece(in.string());
                case 49 -> spec.trainExtremelyLargeCorpus(in.bool());
                case 50 -> spec.enableDifferentialPrivacy(in.bool());
                case 51 -> spec.differentialPrivacyNoiseLevel(in.float32());
                case 52 -> spec.differentialPrivacyClippingThreshold(in.varint());
                case 53 -> spec.pretokenizationDelimiter(in.string());
                case 54 -> spec.seedSentencepiecesFile(in.string());
                default -> in.skip();
            }
        }
        return spec.build();
    }

    private static ModelType type(ProtoReader in) {
        long number = in.varint();
        ModelType type = ModelType.of(number);
        if (type == null) {
            throw in.damaged("model type " + number + " is not known");
        }
        return type;
    }

    private static List<String> append(List<String> values, String more) {
        List<String> all = new ArrayList<>(values);
        all.add(more);
        return all;
    }

    static byte[] write(TrainerSpec spec) {
        TrainerSpec defaults = TrainerSpec.defaults();
        ProtoWriter out = new ProtoWriter();
        out.strings(1, spec.input());
        out.string(2, spec.modelPrefix(), defaults.modelPrefix());
        out.number(3, spec.modelType().number(), defaults.modelType().number());
        out.number(4, spec.vocabSize(), defaults.vocabSize());
        out.strings(5, spec.acceptLanguage());
        out.number(6, spec.selfTestSampleSize(), defaults.selfTestSampleSize());
        out.string(7, spec.inputFormat(), defaults.inputFormat());
        out.float32(10, spec.characterCoverage(), defaults.characterCoverage());
        out.number(11, spec.inputSentenceSize(), defaults.inputSentenceSize());
        out.number(12, spec.miningSentenceSize(), defaults.miningSentenceSize());
        out.number(13, spec.trainingSentenceSize(), defaults.trainingSentenceSize());
        out.number(14, spec.seedSentencepieceSize(), defaults.seedSentencepieceSize());
        out.float32(15, spec.shrinkingFactor(), defaults.shrinkingFactor());
        out.number(16, spec.numThreads(), defaults.numThreads());
        out.number(17, spec.numSubIterations(), defaults.numSubIterations());
        out.number(18, spec.maxSentenceLength(), defaults.maxSentenceLength());
        out.bool(19, spec.shuffleInputSentence(), defaults.shuffleInputSentence());
        out.number(20, spec.maxSentencepieceLength(), defaults.maxSentencepieceLength());
        out.bool(21, spec.splitByUnicodeScript(), defaults.splitByUnicodeScript());
        out.bool(22, spec.splitByWhitespace(), defaults.splitByWhitespace());
        out.bool(23, spec.splitByNumber(), defaults.splitByNumber());
        out.bool(24, spec.treatWhitespaceAsSuffix(), defaults.treatWhitespaceAsSuffix());
        out.bool(25, spec.splitDigits(), defaults.splitDigits());
        out.bool(26, spec.allowWhitespaceOnlyPieces(), defaults.allowWhitespaceOnlyPieces());
        out.strings(30, spec.controlSymbols());
        out.strings(31, spec.userDefinedSymbols());
        out.bool(32, spec.vocabularyOutputPieceScore(), defaults.vocabularyOutputPieceScore());
        out.bool(33, spec.hardVocabLimit(), defaults.hardVocabLimit());
        out.bool(34, spec.useAllVocab(), defaults.useAllVocab());
        out.bool(35, spec.byteFallback(), defaults.byteFallback());
        out.string(36, spec.requiredChars(), defaults.requiredChars());
        out.number(40, spec.unkId(), defaults.unkId());
        out.number(41, spec.bosId(), defaults.bosId());
        out.number(42, spec.eosId(), defaults.eosId());
        out.number(43, spec.padId(), defaults.padId());
        out.string(44, spec.unkSurface(), defaults.unkSurface());
        out.string(45, spec.unkPiece(), defaults.unkPiece());
        out.string(46, spec.bosPiece(), defaults.bosPiece());
        out.string(47, spec.eosPiece(), defaults.eosPiece());
        out.string(48, spec.padPiece(), defaults.padPiece());
        out.bool(49, spec.trainExtremelyLargeCorpus(), defaults.trainExtremelyLargeCorpus());
        out.bool(50, spec.enableDifferentialPrivacy(), defaults.enableDifferentialPrivacy());
        out.float32(51, spec.differentialPrivacyNoiseLevel(), defaults.differentialPrivacyNoiseLevel());
        out.number(52, spec.differentialPrivacyClippingThreshold(), defaults.differentialPrivacyClippingThreshold());
        out.string(53, spec.pretokenizationDelimiter(), defaults.pretokenizationDelimiter());
        out.string(54, spec.seedSentencepiecesFile(), defaults.seedSentencepiecesFile());
        return out.bytes();
    }
}
