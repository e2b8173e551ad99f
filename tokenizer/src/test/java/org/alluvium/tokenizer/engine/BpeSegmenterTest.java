package org.alluvium.tokenizer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.api.Test;

class BpeSegmenterTest {

    /** Identity normalization, a space before the text, byte fallback, pieces that users defined. */
    private static final SentencePieceModel LLAMA = model("bpe-llama");

    @Test
    void idsAreThoseOfSentencePiece() {
        assertSame(LLAMA, 2_000, new Random(1));
    }

    @Test
    void unusedPiecesAreTakenApartAsSentencePieceDoes() {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            assertSame(changed(random, 0), 300, random);
        }
    }

    @Test
    void ofMergesWithTheSameScoreTheLeftmostIsFirst() {
        Random random = new Random(9);
        assertSame(changed(random, 200), 500, random);
    }

    @Test
    void spansCoverTheText() {
        Segmented segmented = Segmented.of(LLAMA);
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            String text = escaped(HardTexts.next(random));
            int[] ids = segmented.idsWithSpans(text);
            int[] spans = segmented.spans();
            assertThat(ids).isEqualTo(segmented.ids(text));
            assertThat(spans).hasSize(2 * ids.length);
            int end = 0;
            for (int token = 0; token < ids.length; token++) {
                assertThat(spans[2 * token]).isEqualTo(end);
                end = spans[2 * token + 1];
            }
        }
    }

    @Test
    void aMegabyteOfOneCharacterOrOfTwoIsSegmented() {
        Segmented segmented = Segmented.of(LLAMA);
        for (String text : List.of(
                "a".repeat(1 << 20), "ab".repeat(1 << 19), "\u2581".repeat(1 << 18), "\u1200".repeat(1 << 18))) {
            assertThat(segmented.ids(text)).isNotEmpty();
        }
    }

    private static void assertSame(SentencePieceModel model, int texts, Random random) {
        Segmented segmented = Segmented.of(model);
        Vocabulary vocabulary = Vocabulary.parse(model.toBytes(), "test");
        try (NativeEncoder reference = NativeEncoder.open(vocabulary)) {
            for (int i = 0; i < texts; i++) {
                String text = "The abc of LibreOffice <sep> " + HardTexts.next(random) + " configuration";
                assertThat(segmented.ids(escaped(text))).as("ids of %s", text).isEqualTo(reference.encode(text));
            }
        }
    }

    /** What normalization makes of a text for this model. */
    private static String escaped(String text) {
        return "\u2581" + text.replace(' ', '\u2581');
    }

    /** The model with a third of its pieces unused, and scores in steps that pieces share as wide as asked for, unless 0. */
    private static SentencePieceModel changed(Random random, int width) {
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : LLAMA.pieces()) {
            if (piece.type() != PieceType.NORMAL) {
                pieces.add(piece);
                continue;
            }
            float score = width == 0 ? piece.score() : (float) Math.floor(piece.score() / width);
            boolean unused = width == 0 && random.nextInt(3) == 0;
            pieces.add(new Piece(piece.text(), score, unused ? PieceType.UNUSED : PieceType.NORMAL));
        }
        return new SentencePieceModel(pieces, LLAMA.trainer(), LLAMA.normalizer());
    }

    private static SentencePieceModel model(String name) {
        try (InputStream in = Vocabulary.class.getResourceAsStream("models/" + name + ".model")) {
            return SentencePieceModel.parse(in.readAllBytes(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
