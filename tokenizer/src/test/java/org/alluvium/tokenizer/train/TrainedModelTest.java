package org.alluvium.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.alluvium.tokenizer.verify.Comparison;
import org.alluvium.tokenizer.verify.Difference;
import org.alluvium.tokenizer.verify.FuzzTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is trained here is loaded by SentencePiece, from little text and odd text too. */
class TrainedModelTest {

    private static final Path RESOURCES = Path.of("src/test/resources/org/alluvium/tokenizer");
    private static final int FUZZED = 300;

    @TempDir
    private Path folder;

    static Stream<String> rules() {
        return Stream.of("identity", "nfkc", "nmt_nfkc", "nfkc_cf", "nmt_nfkc_cf", "rules.tsv");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void sentencePieceReadsOurNormalizationRulesAndHasTheIdsOfOurEncoder(String name) throws Exception {
        boolean own = name.endsWith(".tsv");
        CharsMap rules = own ? CharsMap.load(RESOURCES.resolve("models/" + name)) : CharsMap.named(name);
        NormalizerSpec normalizer = NormalizerSpec.defaults().withRules(own ? "user_defined" : name, rules.compile());
        TrainerSpec trainer = TrainingSettings.lossless(ModelType.UNIGRAM, 900).trainer();
        SentencePieceModel model = VocabularyTrainer.train(
                new TrainingSettings(trainer, normalizer),
                text(RESOURCES.resolve("train/text.txt")),
                TrainingProgress.NONE);
        FuzzTexts texts = new FuzzTexts(
                name.hashCode(), model.pieces().stream().map(Piece::text).toList());
        Vocabulary vocabulary = Vocabulary.parse(model.toBytes(), name);
        try (Encoder tested = PieceEncoder.of(vocabulary);
                NativeEncoder reference = NativeEncoder.open(vocabulary)) {
            Comparison comparison = new Comparison(tested, reference::encodeWhole);
            for (int i = 0; i < FUZZED; i++) {
                Optional<Difference> difference =
                        comparison.compare(texts.text(i)).map(comparison::shrink);
                assertThat(difference.map(each -> Difference.literal(each.text()) + " " + each.summary()))
                        .isEmpty();
            }
            assertThat(comparison.figures().refused()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "ab c\n", "a\0b\0c def\0\nabc \0\n", "\uFEFFabc abc\n", "a b\r\nc d\r\n", "\t\ta\tb\u2581\n"
            })
    void aTextOfAFewCharactersIsEnoughForAVocabularyThatGivesItBack(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("text.txt"), content);
        for (ModelType type : List.of(ModelType.UNIGRAM, ModelType.BPE, ModelType.CHAR)) {
            Vocabulary vocabulary = Vocabulary.parse(train(type, 300, file).toBytes(), content);
            try (Encoder reference = NativeEncoder.open(vocabulary)) {
                assertThat(PieceEncoder.of(vocabulary).encode(content)).isEqualTo(reference.encode(content));
            }
        }
    }

    @Test
    void bytesThatAreNotUtf8AndALineWithoutEndAreTrainedOn() throws Exception {
        Path bad = Files.write(folder.resolve("bad.txt"), new byte[] {(byte) 0xFF, 'a', 'b', (byte) 0xE2, 0x28, '\n'});
        assertThat(train(ModelType.BPE, 300, bad).pieces())
                .extracting(Piece::text)
                .contains("\uFFFD", "ab");
        byte[] line = "river and sand ".repeat(60_000).getBytes(StandardCharsets.UTF_8);
        assertThat(train(ModelType.BPE, 300, Files.write(folder.resolve("line.txt"), line))
                        .pieces())
                .extracting(Piece::text)
                .contains("\u2581river");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n\n", "\u2585\n"})
    void whatHasNoTextIsRefused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), content);
        assertThatThrownBy(() -> train(ModelType.BPE, 300, file))
                .isInstanceOf(AlluviumException.class)
                .hasMessageContaining("there is no text to train on");
    }

    @Test
    void aRequiredCharacterNeedNotBeInTheText() throws Exception {
        TrainingSettings settings = TrainingSettings.lossless(ModelType.BPE, 800);
        TrainerSpec trainer =
                settings.trainer().toBuilder().requiredChars("\u4E2D").build();
        SentencePieceModel model = VocabularyTrainer.train(
                new TrainingSettings(trainer, settings.normalizer()),
                text(RESOURCES.resolve("train/text.txt")),
                TrainingProgress.NONE);
        assertThat(model.pieces()).extracting(Piece::text).contains("\u4E2D");
    }

    private static SentencePieceModel train(ModelType type, int size, Path file) throws InterruptedException {
        TrainingSettings settings = TrainingSettings.lossless(type, size);
        TrainerSpec soft = settings.trainer().toBuilder().hardVocabLimit(false).build();
        return VocabularyTrainer.train(
                new TrainingSettings(soft, settings.normalizer()), text(file), TrainingProgress.NONE);
    }

    private static FileSentences text(Path file) {
        return new FileSentences(List.of(file), false, bytes -> {});
    }
}
