package org.alluvium.tokenizer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.SmallModels;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.engine.Session;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our encoder gives SentencePiece's ids. {@code alluvium tokenizer verify} does the same with larger models and more texts. */
class ExactnessTest {

    private static final int FUZZED = 1500;
    private static final long SEED = 9;

    /** All kinds of models. */
    static Stream<String> encoded() {
        return SmallModels.names();
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void idsAreThoseThatWereKept(String model) {
        Session session = PieceEncoder.of(SmallModels.load(model)).session();
        Ids ids = new Ids();
        for (List<SmallModels.Vector> vectors :
                List.of(SmallModels.vectors(model), SmallModels.invalidVectors(model))) {
            for (SmallModels.Vector vector : vectors) {
                ids.clear();
                session.encode(vector.bytes(), 0, vector.bytes().length, ids);
                assertThat(ids.toArray()).as(vector.text()).isEqualTo(vector.ids());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void idsOfFuzzedTextsAreThoseOfTheReference(String model) {
        Vocabulary vocabulary = SmallModels.load(model);
        List<String> pieces = IntStream.range(0, vocabulary.size())
                .mapToObj(vocabulary::piece)
                .map(Piece::text)
                .toList();
        FuzzTexts texts = new FuzzTexts(SEED, pieces);
        try (Encoder tested = PieceEncoder.of(vocabulary);
                NativeEncoder reference = NativeEncoder.open(vocabulary)) {
            Comparison comparison = new Comparison(tested, reference::encodeWhole);
            for (int i = 0; i < FUZZED; i++) {
                Optional<Difference> difference =
                        comparison.compare(texts.text(i)).map(comparison::shrink);
                assertThat(difference.map(each -> Difference.literal(each.text()) + " " + each.summary()))
                        .isEmpty();
            }
            assertThat(comparison.figures().texts() - comparison.figures().refused())
                    .isGreaterThan(FUZZED * 9L / 10);
        }
    }
}
