package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CutsTest {

    @Test
    void aTextIsCutWhereNoPieceHoldsTheTwoCharacters() {
        Cuts cuts = cuts("▁the", "▁cat", "s", "€uro");
        assertEquals(List.of("▁the", "▁cat", "s", "▁the", "n"), chunks(cuts, "▁the▁cats▁then"));
        assertEquals(List.of("€uro", "€"), chunks(cuts, "€uro€"));
    }

    @Test
    void aPairThatAPieceHoldsIsNeverCut() {
        Random random = new Random(7);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            pieces.add(word(random, 1 + random.nextInt(6)));
        }
        Cuts cuts = cuts(pieces.toArray(String[]::new));
        for (String piece : pieces) {
            assertEquals(List.of(piece), chunks(cuts, piece));
        }
    }

    @Test
    void mostPairsThatNoPieceHoldsAreCut() {
        Random random = new Random(8);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            pieces.add(new StringBuilder()
                    .appendCodePoint(0x4E00 + random.nextInt(5_000))
                    .appendCodePoint(0x4E00 + random.nextInt(5_000))
                    .toString());
        }
        Cuts cuts = cuts(pieces.toArray(String[]::new));
        int joined = 0;
        for (int i = 0; i < 10_000; i++) {
            if (cuts.joined(0x20000 + random.nextInt(50_000), 0x4E00 + random.nextInt(5_000))) {
                joined++;
            }
        }
        assertTrue(joined < 1_500, joined + " of 10,000 pairs that are in no piece are taken for one");
    }

    @Test
    void aVocabularyOfSingleCharactersCutsEverywhere() {
        assertEquals(List.of("a", "ä", "€", "😀"), chunks(cuts("a", "ä"), "aä€😀"));
    }

    @Test
    void aTextThatEndsInsideOfACharacterIsRefused() {
        byte[] text = "€".getBytes(UTF_8);
        assertThrows(IllegalArgumentException.class, () -> cuts("a").end(text, 0, 2));
    }

    private static Cuts cuts(String... pieces) {
        List<byte[]> bytes = new ArrayList<>();
        for (String piece : pieces) {
            bytes.add(piece.getBytes(UTF_8));
        }
        return Cuts.of(bytes);
    }

    private static List<String> chunks(Cuts cuts, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<String> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int end = cuts.end(bytes, from, bytes.length);
            chunks.add(new String(bytes, from, end - from, UTF_8));
            from = end;
        }
        return chunks;
    }

    private static String word(Random random, int length) {
        int[] alphabets = {'a', 0xE0, 0x410, 0x4E00, 0x1F600};
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.appendCodePoint(alphabets[random.nextInt(alphabets.length)] + random.nextInt(26));
        }
        return word.toString();
    }
}
