package org.alluvium.tokenizer.train;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.TrainerSpec;

/** Vocabularies that need no learning: the most frequent characters, or words, scored by the logarithm of their share. */
final class CountTrainer {

    private CountTrainer() {}

    /** The characters of the alphabet, as many as there is room for. */
    static List<Piece> characters(TrainingText text, TrainerSpec spec) {
        long sum = text.alphabet().values().stream().mapToLong(Long::longValue).sum();
        List<Piece> pieces = new ArrayList<>();
        text.alphabet().forEach((point, count) -> pieces.add(piece(Character.toString(point), count, sum)));
        return upTo(room(spec), pieces);
    }

    /** The words without rare characters, as many as there is room for. */
    static List<Piece> words(TrainingText text, TrainerSpec spec) {
        Words words = text.words();
        long sum = 0;
        for (int w = 0; w < words.size(); w++) {
            sum += words.count(w);
        }
        List<Piece> pieces = new ArrayList<>();
        for (int w = 0; w < words.size() && pieces.size() < room(spec); w++) {
            String word = words.text(w);
            if (word.indexOf(TrainingText.UNKNOWN) < 0) {
                pieces.add(piece(word, words.count(w), sum));
            }
        }
        return pieces;
    }

    private static int room(TrainerSpec spec) {
        return spec.useAllVocab()
                ? Integer.MAX_VALUE
                : spec.vocabSize() - MetaPieces.of(spec).size();
    }

    private static List<Piece> upTo(int room, List<Piece> pieces) {
        return pieces.subList(0, Math.min(room, pieces.size()));
    }

    /** In single precision, as SentencePiece counts; a required character that does not occur is taken for one that does once. */
    private static Piece piece(String text, long count, long sum) {
        float score = (float) Math.log((float) Math.max(1, count)) - (float) Math.log((float) sum);
        return new Piece(text, score, PieceType.NORMAL);
    }
}
