package org.alluvium.tokenizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.SentencePieceModel.SelfTest;
import org.junit.jupiter.api.Test;

class SentencePieceModelTest {

    private static final List<Piece> PIECES = List.of(
            new Piece("<unk>", 0, PieceType.UNKNOWN),
            new Piece("<s>", 0, PieceType.CONTROL),
            new Piece("\u2581a", -1.25f, PieceType.NORMAL),
            new Piece("<sep>", -0.0f, PieceType.USER_DEFINED),
            new Piece("x", Float.NEGATIVE_INFINITY, PieceType.UNUSED),
            new Piece("<0x00>", 0, PieceType.BYTE));

    @Test
    void theBundledModelSurvivesWritingAndReading() {
        SentencePieceModel model = Vocabulary.bundled().model();
        assertThat(model.trainer().vocabSize()).isEqualTo(16_000);
        assertThat(model.trainer().splitDigits()).isTrue();
        assertThat(SentencePieceModel.parse(model.toBytes(), "again")).isEqualTo(model);
    }

    @Test
    void everyFieldOfTheTrainerSurvivesWithAValueThatIsNotItsDefault() throws ReflectiveOperationException {
        TrainerSpec defaults = TrainerSpec.defaults();
        TrainerSpec.Builder builder = defaults.toBuilder();
        int number = 1000;
        for (RecordComponent field : TrainerSpec.class.getRecordComponents()) {
            Object old = field.getAccessor().invoke(defaults);
            number++;
            Object value = old instanceof Boolean flag
                    ? !flag
                    : old instanceof Integer
                            ? number
                            : old instanceof Long
                                    ? (long) -number
                                    : old instanceof Float
                                            ? number + 0.5f
                                            : old instanceof String
                                                    ? "text " + number
                                                    : old instanceof ModelType
                                                            ? ModelType.CHAR
                                                            : List.of("a", "b" + number);
            setter(field).invoke(builder, value);
        }
        TrainerSpec changed = builder.build();
        SentencePieceModel model = new SentencePieceModel(PIECES, changed, NormalizerSpec.defaults());
        TrainerSpec read = SentencePieceModel.parse(model.toBytes(), "x").trainer();
        assertThat(read).isEqualTo(changed);
        for (RecordComponent field : TrainerSpec.class.getRecordComponents()) {
            assertThat(field.getAccessor().invoke(read))
                    .as(field.getName())
                    .isNotEqualTo(field.getAccessor().invoke(defaults));
        }
    }

    @Test
    void allOtherPartsSurviveToo() {
        NormalizerSpec rules = new NormalizerSpec("mine", new byte[] {1, 0, -1}, false, false, false, "a.tsv");
        SentencePieceModel model = new SentencePieceModel(
                PIECES,
                TrainerSpec.defaults(),
                rules,
                Optional.of(NormalizerSpec.defaults().withRules("back", new byte[] {7})),
                List.of(new SelfTest("a b", "\u2581a \u2581b"), new SelfTest("", "")));
        assertThat(SentencePieceModel.parse(model.toBytes(), "x")).isEqualTo(model);
    }

    @Test
    void numbersBelowZeroAreReadAsTheyAreWritten() {
        TrainerSpec spec = TrainerSpec.defaults().toBuilder().bosId(-1).padId(3).build();
        SentencePieceModel model = new SentencePieceModel(PIECES, spec, NormalizerSpec.defaults());
        assertThat(SentencePieceModel.parse(model.toBytes(), "x").trainer().bosId())
                .isEqualTo(-1);
    }

    @Test
    void aModelWithoutPiecesIsRefused() {
        assertThatThrownBy(() -> SentencePieceModel.parse(new byte[0], "empty.model"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty.model")
                .hasMessageContaining("no pieces");
    }

    private static Method setter(RecordComponent field) throws NoSuchMethodException {
        return TrainerSpec.Builder.class.getMethod(field.getName(), field.getType());
    }
}
