package org.alluvium.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VocabularyTrainerTest {

    private static final Path TEXT = resource("text.txt");

    @TempDir
    private Path folder;

    static Stream<String> flags() throws IOException {
        return Files.readAllLines(resource("flags.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("flags")
    void thePiecesTheirOrderAndTheirScoresAreThoseOfSpmTrain(String line) throws Exception {
        String[] fields = line.split("\t", -1);
        SentencePieceModel model = VocabularyTrainer.train(settings(fields[1]), text(TEXT), TrainingProgress.NONE);
        assertThat(VocabularyFiles.text(model).lines())
                .containsExactlyElementsOf(Files.readAllLines(resource(fields[0] + ".vocab")));
    }

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void everyTypeIsReadBackAndEncodesAndIsTheSameFromAnyNumberOfThreads(ModelType type) throws Exception {
        TrainerSpec spec = TrainingSettings.lossless(type, 900).trainer();
        SentencePieceModel one = train(spec.toBuilder().numThreads(1).build());
        SentencePieceModel three = train(spec.toBuilder().numThreads(3).build());
        assertThat(one.toBytes()).isEqualTo(three.toBytes());
        VocabularyFiles.publish(one, folder.resolve("out"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.model", "out.vocab");
        Vocabulary vocabulary = Vocabulary.load(folder.resolve("out.model"));
        assertThat(vocabulary.size()).isEqualTo(one.pieces().size());
        try (Encoder encoder = NativeEncoder.open(vocabulary)) {
            String text = " über  12 \u6C49\n";
            assertThat(encoder.encode(text)).isNotEmpty();
            if (type != ModelType.WORD) {
                assertThat(vocabulary.decode(encoder.encode(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void tooFewPiecesAreRefusedWithTheNumberThereIs() {
        assertThatThrownBy(() ->
                        train(TrainingSettings.lossless(ModelType.BPE, 20000).trainer()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("The nearest is --size ");
    }

    @Test
    void aVocabularyTooSmallForTheAlphabetIsRefusedWithTheSmallestThatIsNot() {
        assertThatThrownBy(() ->
                        train(TrainingSettings.lossless(ModelType.UNIGRAM, 300).trainer()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("The nearest is --size ");
    }

    @Test
    void aTextWithoutSentencesIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n\u2585\n");
        assertThatThrownBy(() -> VocabularyTrainer.train(
                        TrainingSettings.lossless(ModelType.BPE, 300), text(empty), TrainingProgress.NONE))
                .isInstanceOf(DataException.class);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> text(folder.resolve("none.txt")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("none.txt");
    }

    @Test
    void countedSentencesAreAsGoodAsRepeatedOnes() throws Exception {
        Path repeated = Files.writeString(folder.resolve("a.txt"), "one two\none two\none two\nthree\n");
        Path counted = Files.writeString(folder.resolve("b.tsv"), "one two\t3\nthree\t1\n");
        TrainingSettings settings = TrainingSettings.lossless(ModelType.BPE, 400);
        TrainingText first = TrainingText.read(settings, text(repeated));
        TrainingText second = TrainingText.read(settings, new FileSentences(List.of(counted), true, bytes -> {}));
        assertThat(second.alphabet()).isEqualTo(first.alphabet());
        assertThat(texts(second.words())).isEqualTo(texts(first.words()));
    }

    private static Map<String, Long> texts(Words words) {
        Map<String, Long> texts = new HashMap<>();
        for (int w = 0; w < words.size(); w++) {
            texts.put(words.text(w), words.count(w));
        }
        return texts;
    }

    private static SentencePieceModel train(TrainerSpec spec) throws InterruptedException {
        NormalizerSpec normalizer =
                TrainingSettings.lossless(ModelType.BPE, 700).normalizer();
        TrainerSpec soft = spec.modelType() == ModelType.WORD
                ? spec.toBuilder().hardVocabLimit(false).build()
                : spec;
        return VocabularyTrainer.train(new TrainingSettings(soft, normalizer), text(TEXT), TrainingProgress.NONE);
    }

    private static FileSentences text(Path file) {
        return new FileSentences(List.of(file), false, bytes -> {});
    }

    /** The settings of a command line of spm_train. */
    private static TrainingSettings settings(String line) {
        TrainerSpec.Builder spec = new TrainerSpec.Builder();
        NormalizerSpec[] normalizer = {NormalizerSpec.defaults()};
        for (String flag : line.split(" ", -1)) {
            int equals = flag.indexOf('=');
            String value = flag.substring(equals + 1);
            switch (flag.substring(2, equals)) {
                case "model_type" -> spec.modelType(ModelType.valueOf(value.toUpperCase(Locale.ROOT)));
                case "vocab_size" -> spec.vocabSize(Integer.parseInt(value));
                case "character_coverage" -> spec.characterCoverage(Float.parseFloat(value));
                case "required_chars" -> spec.requiredChars(value);
                case "byte_fallback" -> spec.byteFallback(Boolean.parseBoolean(value));
                case "split_digits" -> spec.splitDigits(Boolean.parseBoolean(value));
                case "split_by_number" -> spec.splitByNumber(Boolean.parseBoolean(value));
                case "split_by_whitespace" -> spec.splitByWhitespace(Boolean.parseBoolean(value));
                case "split_by_unicode_script" -> spec.splitByUnicodeScript(Boolean.parseBoolean(value));
                case "treat_whitespace_as_suffix" -> spec.treatWhitespaceAsSuffix(Boolean.parseBoolean(value));
                case "allow_whitespace_only_pieces" -> spec.allowWhitespaceOnlyPieces(Boolean.parseBoolean(value));
                case "hard_vocab_limit" -> spec.hardVocabLimit(Boolean.parseBoolean(value));
                case "max_sentencepiece_length" -> spec.maxSentencepieceLength(Integer.parseInt(value));
                case "input_sentence_size" -> spec.inputSentenceSize(Long.parseLong(value));
                case "user_defined_symbols" -> spec.userDefinedSymbols(Arrays.asList(value.split(",", -1)));
                case "control_symbols" -> spec.controlSymbols(Arrays.asList(value.split(",", -1)));
                case "bos_id" -> spec.bosId(Integer.parseInt(value));
                case "pad_id" -> spec.padId(Integer.parseInt(value));
                case "normalization_rule_name" ->
                    normalizer[0] =
                            normalizer[0].withRules(value, CharsMap.named(value).compile());
                case "normalization_rule_tsv" ->
                    normalizer[0] = normalizer[0].withRules(
                            "user_defined",
                            CharsMap.load(resource("../models/" + value)).compile());
                case "add_dummy_prefix" ->
                    normalizer[0] = normalizer[0].withAddDummyPrefix(Boolean.parseBoolean(value));
                case "remove_extra_whitespaces" ->
                    normalizer[0] = normalizer[0].withRemoveExtraWhitespaces(Boolean.parseBoolean(value));
                default -> throw new IllegalArgumentException(flag);
            }
        }
        return new TrainingSettings(spec.build(), normalizer[0]);
    }

    private static Path resource(String name) {
        try {
            return Path.of(VocabularyTrainerTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
