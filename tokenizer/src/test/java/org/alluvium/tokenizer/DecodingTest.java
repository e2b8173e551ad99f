package org.alluvium.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.junit.jupiter.api.Test;

/** What ids decode to, as SentencePiece 0.2.0 has it ({@code SentencePieceProcessor::Decode}). */
class DecodingTest {

    private static final NormalizerSpec DEFAULT = NormalizerSpec.defaults();
    private static final NormalizerSpec NOTHING_ADDED =
            DEFAULT.withAddDummyPrefix(false).withRemoveExtraWhitespaces(false);

    @Test
    void controlPiecesVanishWhereverTheyAreAndTheFirstSpaceGoesBehindThem() {
        Vocabulary vocabulary = vocabulary(DEFAULT.withRemoveExtraWhitespaces(false), " \u2047 ");
        assertThat(decode(vocabulary, "<s>", "\u2581a", "</s>", "\u2581a", "</s>"))
                .isEqualTo("a a");
        assertThat(decode(vocabulary, "<s>", "</s>")).isEmpty();
    }

    @Test
    void oneSpaceIsTakenOffTheStartOrAllOfThemWhereTheModelRemovesExtraSpaces() {
        Vocabulary one = vocabulary(DEFAULT.withRemoveExtraWhitespaces(false), "");
        assertThat(decode(one, "\u2581", "\u2581", "\u2581a")).isEqualTo("  a");
        Vocabulary all = vocabulary(DEFAULT, "");
        assertThat(decode(all, "\u2581", "\u2581", "\u2581a")).isEqualTo("a");
        assertThat(decode(all, "\u2581\u2581", "\u2581a")).isEqualTo("  a");
        Vocabulary onlyRemoving = vocabulary(DEFAULT.withAddDummyPrefix(false), "");
        assertThat(decode(onlyRemoving, "\u2581", "\u2581a")).isEqualTo("a");
        assertThat(decode(vocabulary(NOTHING_ADDED, ""), "\u2581", "\u2581a")).isEqualTo("  a");
    }

    @Test
    void theUnknownPieceIsItsSurfaceAndAnEmptyOneKeepsTheStart() {
        assertThat(decode(vocabulary(DEFAULT, " ? "), "<unk>", "\u2581a")).isEqualTo(" ?  a");
        assertThat(decode(vocabulary(DEFAULT, ""), "<unk>", "\u2581a")).isEqualTo("a");
    }

    @Test
    void userDefinedAndUnusedPiecesAreTextLikeAnyOther() {
        Vocabulary vocabulary = vocabulary(DEFAULT, "");
        assertThat(decode(vocabulary, "\u2581user\u2581", "\u2581a")).isEqualTo("user  a");
        assertThat(decode(vocabulary, "\u2581unused", "b")).isEqualTo("unusedb");
    }

    @Test
    void everyByteThatIsPartOfNoCharacterIsReplacedByItself() {
        Vocabulary vocabulary = vocabulary(DEFAULT, "");
        assertThat(decode(vocabulary, "<0xF0>", "<0x9F>", "<0x98>", "<0x80>")).isEqualTo("\ud83d\ude00");
        assertThat(decode(vocabulary, "<0xF0>", "<0x9F>", "<0x98>", "b")).isEqualTo("\ufffd\ufffd\ufffdb");
        assertThat(decode(vocabulary, "<0xED>", "<0xA0>", "<0x80>")).isEqualTo("\ufffd\ufffd\ufffd");
        assertThat(decode(vocabulary, "<0xC0>", "<0x80>", "<0x41>")).isEqualTo("\ufffd\ufffdA");
        assertThat(decode(vocabulary, "<0xEF>", "<0xBF>", "<0xBD>", "<0x80>")).isEqualTo("\ufffd\ufffd");
        assertThat(decode(vocabulary, "a", "<0x00>", "b")).isEqualTo("a\0b");
    }

    @Test
    void noCharacterReachesOverAnotherPiece() {
        Vocabulary vocabulary = vocabulary(DEFAULT, "");
        assertThat(decode(vocabulary, "<0xC3>", "<s>", "<0xA9>")).isEqualTo("\ufffd\ufffd");
        assertThat(decode(vocabulary, "<0xC3>", "b", "<0xA9>")).isEqualTo("\ufffdb\ufffd");
        assertThat(vocabulary.decodeBytes(ids(vocabulary, "<0xC3>", "<s>", "<0xA9>")))
                .containsExactly(0xC3, 0xA9);
    }

    @Test
    void spacesThatBytesSpellStayAndEndTheStart() {
        Vocabulary vocabulary = vocabulary(DEFAULT, "");
        assertThat(decode(vocabulary, "<0x20>", "\u2581a")).isEqualTo("  a");
        assertThat(decode(vocabulary, "<0xE2>", "<0x96>", "<0x81>", "b")).isEqualTo("\u2581b");
    }

    private static String decode(Vocabulary vocabulary, String... pieces) {
        return vocabulary.decode(ids(vocabulary, pieces));
    }

    private static int[] ids(Vocabulary vocabulary, String... pieces) {
        return Arrays.stream(pieces).mapToInt(vocabulary::idOf).toArray();
    }

    private static Vocabulary vocabulary(NormalizerSpec normalizer, String unknownSurface) {
        List<Piece> pieces = new ArrayList<>(List.of(
                new Piece("<unk>", 0, PieceType.UNKNOWN),
                new Piece("<s>", 0, PieceType.CONTROL),
                new Piece("</s>", 0, PieceType.CONTROL),
                new Piece("\u2581user\u2581", 0, PieceType.USER_DEFINED),
                new Piece("\u2581unused", 0, PieceType.UNUSED)));
        for (String text : List.of("\u2581", "\u2581\u2581", "\u2581a", "a", "b")) {
            pieces.add(new Piece(text, -1, PieceType.NORMAL));
        }
        for (int value = 0; value < 256; value++) {
            pieces.add(new Piece(String.format("<0x%02X>", value), 0, PieceType.BYTE));
        }
        TrainerSpec trainer = TrainerSpec.defaults().toBuilder()
                .byteFallback(true)
                .unkSurface(unknownSurface)
                .build();
        return Vocabulary.parse(new SentencePieceModel(pieces, trainer, normalizer).toBytes(), "test");
    }
}
