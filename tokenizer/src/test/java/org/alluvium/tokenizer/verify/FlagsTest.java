package org.alluvium.tokenizer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.SmallModels;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.SentencePieceModel.SelfTest;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a model file says: we give SentencePiece's ids, or refuse the model and say why. */
class FlagsTest {

    private static final int FUZZED = 40;
    private static final Set<String> OTHER_MODEL = Set.of("modelType", "byteFallback");

    /** Every field of the trainer's, one after the other, has another value; most change nothing, in either encoder. */
    @ParameterizedTest
    @ValueSource(strings = {"unigram-suffix", "bpe-llama", "word-suffix", "char"})
    void everyFieldOfTheTrainerIsTreatedAsSentencePieceTreatsIt(String name) throws ReflectiveOperationException {
        SentencePieceModel model = SmallModels.load(name).model();
        for (RecordComponent field : TrainerSpec.class.getRecordComponents()) {
            if (!OTHER_MODEL.contains(field.getName())) {
                TrainerSpec.Builder builder = model.trainer().toBuilder();
                Object old = field.getAccessor().invoke(model.trainer());
                TrainerSpec.Builder.class
                        .getMethod(field.getName(), field.getType())
                        .invoke(builder, another(old));
                assertSame(field.getName(), with(model, builder.build(), model.normalizer()));
            }
        }
    }

    private static Object another(Object value) {
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof Integer number) {
            return number + 3;
        }
        if (value instanceof Long number) {
            return number + 3;
        }
        if (value instanceof Float number) {
            return number / 2 + 0.25f;
        }
        return value instanceof String text ? text + "a" : List.of("the", "a");
    }

    @ParameterizedTest
    @MethodSource("org.alluvium.tokenizer.SmallModels#names")
    void everyCombinationOfNormalizerFlagsAndSuffixIsHonoured(String name) {
        SentencePieceModel model = SmallModels.load(name).model();
        for (int flags = 0; flags < 32; flags++) {
            NormalizerSpec old = model.normalizer();
            NormalizerSpec spec = new NormalizerSpec(
                    old.name(),
                    (flags & 1) == 0 ? old.charsMap() : new byte[0],
                    (flags & 2) == 0,
                    (flags & 4) == 0,
                    (flags & 8) == 0,
                    "unused.tsv");
            TrainerSpec trainer = model.trainer().toBuilder()
                    .treatWhitespaceAsSuffix((flags & 16) != 0)
                    .build();
            assertSame("flags " + flags, with(model, trainer, spec));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unigram-bytes", "bpe-llama", "bpe-suffix", "char", "word-suffix"})
    void aModelOfAnotherTypeEncodesAsThatType(String name) {
        SentencePieceModel model = SmallModels.load(name).model();
        for (ModelType type : ModelType.values()) {
            TrainerSpec trainer = model.trainer().toBuilder().modelType(type).build();
            assertSame(type.name(), with(model, trainer, model.normalizer()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unigram-bytes", "unigram-suffix", "bpe-llama", "char", "word-suffix"})
    void piecesOfAnyTypeAndScoreAreTreatedAsSentencePieceTreatsThem(String name) {
        SentencePieceModel model = SmallModels.load(name).model();
        Random random = new Random(5);
        PieceType[] types = {
            PieceType.NORMAL,
            PieceType.NORMAL,
            PieceType.NORMAL,
            PieceType.USER_DEFINED,
            PieceType.UNUSED,
            PieceType.CONTROL
        };
        float[] scores = {0, -0.0f, -1, 3, -1e6f, Float.MIN_VALUE};
        for (int round = 0; round < 6; round++) {
            boolean rescored = round % 2 == 0;
            List<Piece> pieces = new ArrayList<>();
            for (Piece piece : model.pieces()) {
                boolean changed = piece.type() == PieceType.NORMAL && random.nextInt(5) == 0;
                pieces.add(
                        changed
                                ? new Piece(
                                        piece.text(),
                                        rescored ? scores[random.nextInt(scores.length)] : piece.score(),
                                        types[random.nextInt(types.length)])
                                : piece);
            }
            assertSame("round " + round, new SentencePieceModel(pieces, model.trainer(), model.normalizer()));
        }
    }

    @Test
    void whatEitherRefusesWeRefuseByName() {
        SentencePieceModel bytes = SmallModels.load("bpe-llama").model();
        TrainerSpec noFallback = bytes.trainer().toBuilder().byteFallback(false).build();
        Map<String, SentencePieceModel> refused = new TreeMap<>();
        refused.put("a byte piece although byte fallback is off", with(bytes, noFallback, bytes.normalizer()));
        refused.put("not written <0xHH>", plus(bytes, new Piece("<0xab>", 0, PieceType.BYTE)));
        refused.put("both the unknown piece", plus(bytes, new Piece("<unk2>", 0, PieceType.UNKNOWN)));
        refused.put("are the same", plus(bytes, bytes.pieces().get(500)));
        refused.put("a score that is no number", plus(bytes, new Piece("zzzz", Float.NaN, PieceType.NORMAL)));
        refused.put(
                "denormalization rules",
                new SentencePieceModel(
                        bytes.pieces(),
                        bytes.trainer(),
                        bytes.normalizer(),
                        Optional.of(NormalizerSpec.defaults().withRules("x", new byte[] {1})),
                        List.of()));
        refused.put(
                "no unknown piece",
                new SentencePieceModel(
                        bytes.pieces().subList(1, bytes.pieces().size()), bytes.trainer(), bytes.normalizer()));
        refused.forEach((what, model) -> assertThatThrownBy(() -> Vocabulary.parse(model.toBytes(), "x.model"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("x.model")
                .hasMessageContaining(what));
    }

    /** SentencePiece tries the samples in a model when it loads it; we leave that to the comparison with it. */
    @Test
    void aModelThatFailsItsOwnTestIsRefusedByTheLibrary() {
        SentencePieceModel model = SmallModels.load("bpe-llama").model();
        List<SelfTest> wrong = List.of(new SelfTest("the", "t h e"));
        Vocabulary vocabulary = Vocabulary.parse(
                new SentencePieceModel(model.pieces(), model.trainer(), model.normalizer(), Optional.empty(), wrong)
                        .toBytes(),
                "x.model");
        assertThatThrownBy(() -> NativeEncoder.open(vocabulary))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("x.model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unigram-suffix", "bpe-suffix"})
    void aDamagedModelIsRefusedByNameOrEncodes(String name) {
        byte[] whole = SmallModels.load(name).modelBytes();
        Random random = new Random(6);
        int refused = 0;
        for (int trial = 0; trial < 400; trial++) {
            byte[] damaged = trial % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = trial % 4; flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try (PieceEncoder encoder = PieceEncoder.of(Vocabulary.parse(damaged, "x.model"))) {
                assertThat(encoder.encode("The \ufb01rst foo bar \ud83d\ude00 of them"))
                        .isNotNull();
            } catch (DataException e) {
                assertThat(e).hasMessageStartingWith("x.model");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    private static SentencePieceModel with(SentencePieceModel model, TrainerSpec trainer, NormalizerSpec normalizer) {
        return new SentencePieceModel(model.pieces(), trainer, normalizer);
    }

    private static SentencePieceModel plus(SentencePieceModel model, Piece piece) {
        List<Piece> pieces = new ArrayList<>(model.pieces());
        pieces.add(piece);
        return new SentencePieceModel(pieces, model.trainer(), model.normalizer());
    }

    private static void assertSame(String what, SentencePieceModel model) {
        Vocabulary vocabulary = Vocabulary.parse(model.toBytes(), what);
        FuzzTexts texts = new FuzzTexts(
                what.hashCode(),
                IntStream.range(0, vocabulary.size())
                        .mapToObj(vocabulary::piece)
                        .map(Piece::text)
                        .toList());
        try (PieceEncoder tested = PieceEncoder.of(vocabulary);
                NativeEncoder reference = NativeEncoder.open(vocabulary)) {
            Comparison comparison = new Comparison(tested, reference::encodeWhole);
            for (int i = 0; i < FUZZED; i++) {
                Optional<Difference> difference = comparison.compare("The a\u2581b  " + texts.text(i));
                assertThat(difference
                                .map(comparison::shrink)
                                .map(each -> what + ": " + Difference.literal(each.text()) + " " + each.summary()))
                        .isEmpty();
            }
        }
    }
}
