package org.alluvium.tokenizer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.junit.jupiter.api.Test;

class VocabularyReportTest {

    private static final Vocabulary VOCABULARY = vocabulary("\u2581river", "\u2581", "sand", "delta");

    private final VocabularyReport report = new VocabularyReport(VOCABULARY);

    @Test
    void tokensWordsAndBytesAreCountedByLanguageAndSource() {
        report.add("en", "books", " river sand", ids("<s>", "\u2581river", "\u2581", "sand", "</s>"));
        report.add("en", "web", " river", ids("\u2581river"));
        Tally web = report.add("zh", "web", "\u6cb3", ids("<0xE6>", "<0xB2>", "<0xB3>"));
        assertThat(web).isEqualTo(new Tally(1, 3, 1, 1, 3, 3, 1, 0));
        assertThat(report.byLanguage()).containsOnlyKeys("en", "zh");
        assertThat(report.byLanguage().get("en")).isEqualTo(new Tally(2, 17, 17, 3, 4, 0, 0, 0));
        assertThat(report.bySource().get("web")).isEqualTo(new Tally(2, 9, 7, 2, 4, 3, 1, 0));
        assertThat(report.total().tokens()).isEqualTo(7);
    }

    @Test
    void figuresFollowFromTheSums() {
        Tally tally = new Tally(1, 60, 50, 10, 20, 4, 2, 3);
        assertThat(tally.bytesPerToken()).isEqualTo(3);
        assertThat(tally.fertility()).isEqualTo(2);
        assertThat(tally.fallbackRate()).isEqualTo(0.2);
        assertThat(tally.unknownRate()).isCloseTo(0.15, within(1e-12));
        assertThat(tally.coverage()).isCloseTo(0.9, within(1e-12));
        assertThat(Tally.NONE.bytesPerToken()).isZero();
    }

    @Test
    void anUnknownTokenIsCountedAndCoversNothing() {
        Tally tally = report.add("und", "s", "ab", ids("<unk>", "<unk>"));
        assertThat(tally.unknownTokens()).isEqualTo(2);
        assertThat(tally.coverage()).isZero();
    }

    @Test
    void piecesOfTextThatOccurSeldomAreNamedTheRarestFirst() {
        report.add("en", "s", "sandsand delta", ids("sand", "sand", "\u2581", "delta"));
        assertThat(texts(VOCABULARY, report.rarerThan(1))).containsExactly("\u2581river");
        assertThat(texts(VOCABULARY, report.rarerThan(2))).containsExactly("\u2581river", "\u2581", "delta");
    }

    @Test
    void piecesOfOneVocabularyAloneAreFound() {
        assertThat(texts(VOCABULARY, report.notIn(vocabulary("\u2581", "delta", "sea"))))
                .containsExactly("\u2581river", "sand");
    }

    private static List<String> texts(Vocabulary vocabulary, List<Integer> ids) {
        return ids.stream().map(id -> vocabulary.piece(id).text()).toList();
    }

    private static int[] ids(String... pieces) {
        int[] ids = new int[pieces.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = VOCABULARY.idOf(pieces[i]);
            assertThat(ids[i]).as(pieces[i]).isNotNegative();
        }
        return ids;
    }

    private static Vocabulary vocabulary(String... texts) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece("<unk>", 0, PieceType.UNKNOWN));
        pieces.add(new Piece("<s>", 0, PieceType.CONTROL));
        pieces.add(new Piece("</s>", 0, PieceType.CONTROL));
        for (int value = 0; value < 256; value++) {
            pieces.add(new Piece("<0x%02X>".formatted(value), 0, PieceType.BYTE));
        }
        for (String text : texts) {
            pieces.add(new Piece(text, -1, PieceType.NORMAL));
        }
        TrainerSpec trainer = new TrainerSpec.Builder().byteFallback(true).build();
        byte[] model = new SentencePieceModel(pieces, trainer, NormalizerSpec.defaults()).toBytes();
        return Vocabulary.parse(model, "test.model");
    }
}
