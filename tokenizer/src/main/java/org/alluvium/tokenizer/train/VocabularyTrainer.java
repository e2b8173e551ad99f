package org.alluvium.tokenizer.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.train.unigram.UnigramProgress;
import org.alluvium.tokenizer.train.unigram.UnigramSettings;
import org.alluvium.tokenizer.train.unigram.UnigramTrainer;

/**
 * From text and settings to a model. The same text and settings give the same bytes, whatever the machine and the number of
 * threads; names of files do not go into the model.
 */
public final class VocabularyTrainer {

    private VocabularyTrainer() {}

    /**
     * Reads the text and trains.
     *
     * @throws ConfigException if the text has too few pieces for the size asked for; says how many there are
     * @throws InterruptedException if the thread is interrupted
     */
    public static SentencePieceModel train(TrainingSettings settings, SentenceSource source, TrainingProgress progress)
            throws InterruptedException {
        return train(settings, TrainingText.read(settings, source), progress);
    }

    /**
     * Trains on a text that was read with the same settings.
     *
     * @throws ConfigException if the text has too few pieces for the size asked for, or is too large for the heap
     * @throws InterruptedException if the thread is interrupted
     */
    public static SentencePieceModel train(TrainingSettings settings, TrainingText text, TrainingProgress progress)
            throws InterruptedException {
        TrainerSpec spec = settings.trainer();
        List<Piece> pieces = assemble(learn(settings, text, progress), spec);
        boolean exact = spec.hardVocabLimit() && !spec.useAllVocab() && spec.modelType() != ModelType.CHAR;
        if (exact && pieces.size() < spec.vocabSize()) {
            throw new ConfigException(
                    "the text has no more than " + pieces.size() + " pieces, fewer than the " + spec.vocabSize()
                            + " asked for",
                    "--size",
                    "The nearest is --size " + pieces.size() + "; or give more text, or add --soft-limit.");
        }
        TrainerSpec written = spec.toBuilder()
                .input(List.of())
                .modelPrefix("")
                .numThreads(1)
                .vocabSize(pieces.size())
                .build();
        NormalizerSpec normalizer = settings.normalizer();
        return new SentencePieceModel(pieces, written, normalizer);
    }

    private static List<Piece> learn(TrainingSettings settings, TrainingText text, TrainingProgress progress)
            throws InterruptedException {
        TrainerSpec spec = settings.trainer();
        try {
            return switch (spec.modelType()) {
                case UNIGRAM -> unigram(settings, text, progress);
                case BPE -> BpeTrainer.train(text, settings, progress);
                case WORD -> CountTrainer.words(text, spec);
                case CHAR -> CountTrainer.characters(text, spec);
            };
        } catch (OutOfMemoryError e) {
            throw TooMuchText.forHeap(text.sentences(), e);
        }
    }

    private static List<Piece> unigram(TrainingSettings settings, TrainingText text, TrainingProgress progress)
            throws InterruptedException {
        TrainerSpec spec = settings.trainer();
        UnigramSettings unigram = new UnigramSettings(
                spec.vocabSize() - MetaPieces.of(spec).size(),
                spec.seedSentencepieceSize(),
                spec.maxSentencepieceLength(),
                spec.shrinkingFactor(),
                spec.numSubIterations(),
                spec.numThreads());
        UnigramProgress rounds = new UnigramProgress() {
            @Override
            public void fragments(int distinct, long letters) {
                progress.done(0, 1);
            }

            @Override
            public void iterated(int done, int expected, int pieces, double logLikelihood) {
                progress.done(done, expected);
            }
        };
        return UnigramTrainer.train(text.words()::forEach, text.alphabet(), new PieceShape(spec), unigram, rounds)
                .stream()
                .map(piece -> new Piece(piece.text(), piece.score(), PieceType.NORMAL))
                .toList();
    }

    /** Puts what was learned at the ids that no other piece has. */
    private static List<Piece> assemble(List<Piece> learned, TrainerSpec spec) {
        SortedMap<Integer, Piece> meta = MetaPieces.of(spec);
        Iterator<Piece> rest = learned.iterator();
        List<Piece> pieces = new ArrayList<>();
        while (rest.hasNext() || pieces.size() <= meta.lastKey()) {
            Piece fixed = meta.get(pieces.size());
            if (fixed == null && !rest.hasNext()) {
                throw new ConfigException(
                        "the piece " + meta.get(meta.lastKey()).text() + " cannot have id " + meta.lastKey() + " of "
                                + (learned.size() + meta.size()) + " pieces",
                        "the pieces asked for",
                        "Give it an id of at most " + (learned.size() + meta.size() - 1) + ".");
            }
            pieces.add(fixed == null ? rest.next() : fixed);
        }
        return pieces;
    }
}
