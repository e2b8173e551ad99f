package org.alluvium.tokenizer.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;

/**
 * Byte pair encoding (Sennrich, Haddow and Birch 2016) on characters: the most frequent pair of neighbours becomes one symbol
 * everywhere, again and again. The pieces and their order are those of {@code spm_train} 0.1.97; what it recounts we keep counted,
 * for a pair of two different symbols loses a place only where a neighbour is merged.
 *
 * <p>What shows in its pieces and is kept to: the choice is among {@link ActivePairs}; a text that two pairs spell is taken once,
 * and the other pair stays unmerged; in a run of one symbol only every other place counts, and a place once passed over for
 * that is lost even if its neighbour goes elsewhere (version 0.2.0 counts all of them). Pairs equal in all this are taken by age; there by
 * address in memory. Not thread-safe; the result does not depend on anything but the text and the settings.
 */
public final class BpeTrainer {

    private static final int RENEWAL_INTERVAL = 100;

    private final TrainingText text;
    private final int wanted;
    private final TrainingProgress progress;
    private final Symbols symbols;
    private final PairText pairs;
    private final Places places = new Places();
    private final ActivePairs active;

    /** Pairs of twice the same symbol, whose places may follow from each other, that must be counted again. */
    private final Set<Integer> uncounted = new HashSet<>();

    /** Pairs that came about in the last merge. */
    private final List<Integer> fresh = new ArrayList<>();

    private final List<String> pieces = new ArrayList<>();

    private BpeTrainer(TrainingText text, TrainingSettings settings, TrainingProgress progress) {
        this.text = text;
        this.progress = progress;
        this.wanted = settings.trainer().vocabSize()
                - MetaPieces.of(settings.trainer()).size()
                - text.alphabet().size();
        this.symbols = new Symbols(new PieceShape(settings.trainer()));
        Map<Integer, Integer> characters = new HashMap<>();
        this.pairs =
                new PairText(text.words(), symbols, point -> characters.computeIfAbsent(point, symbols::addCharacter));
        this.active = new ActivePairs(symbols);
    }

    /**
     * Trains.
     *
     * @return the pieces learned and behind them the alphabet, scored by minus their rank; fewer than asked for where the text has no
     *     more
     */
    public static List<Piece> train(TrainingText text, TrainingSettings settings, TrainingProgress progress) {
        BpeTrainer trainer = new BpeTrainer(text, settings, progress);
        trainer.findPairs();
        trainer.choosePairs();
        return trainer.scored();
    }

    private void findPairs() {
        for (int at = 1; at < pairs.length(); at++) {
            int next = pairs.symbol(at) < 0 ? PairText.NONE : pairs.next(at);
            if (next != PairText.NONE) {
                addPlace(at, next);
            }
        }
        places.file(symbols.size(), pair -> {});
    }

    private void choosePairs() {
        Set<String> chosen = new HashSet<>();
        while (pieces.size() < wanted) {
            if (pieces.size() % RENEWAL_INTERVAL == 0) {
                uncounted.forEach(this::countRuns);
                uncounted.clear();
                active.renew();
                fresh.clear();
            }
            countActive();
            int best = active.first();
            if (best == Symbols.NONE) {
                return;
            }
            String piece = symbols.textOf(best);
            if (chosen.add(piece)) {
                pieces.add(piece);
                symbols.keepText(best);
                merge(best);
                progress.done(pieces.size(), wanted);
            }
            symbols.remove(best);
        }
    }

    /** Lets all active pairs be counted, and those be active that came about since. */
    private void countActive() {
        for (int pair : fresh) {
            if (uncounted.remove(pair)) {
                countRuns(pair);
            }
            active.add(pair);
        }
        fresh.clear();
        uncounted.removeIf(pair -> {
            boolean counts = active.isActive(pair);
            if (counts) {
                countRuns(pair);
            }
            return counts;
        });
    }

    /** Lets a pair be one symbol wherever it is. */
    private void merge(int best) {
        int size = symbols.count[best] == 0 ? 0 : places.size(best);
        for (int i = 0; i < size; i++) {
            int at = places.get(best, i);
            if (!pairs.has(best, at)) {
                continue;
            }
            int right = pairs.next(at);
            int before = pairs.previous(at);
            int after = pairs.next(right);
            losePlace(before, at, best);
            losePlace(right, after, best);
            pairs.merge(best, at);
            if (before != PairText.NONE) {
                addPlace(before, at);
            }
            if (after != PairText.NONE) {
                addPlace(at, after);
            }
        }
        places.file(symbols.size(), fresh::add);
    }

    private void addPlace(int at, int next) {
        int pair = symbols.pair(pairs.symbol(at), pairs.symbol(next));
        if (pair == Symbols.NONE) {
            return;
        }
        places.add(pair, at);
        if (isRun(pair)) {
            uncounted.add(pair);
        } else {
            symbols.count[pair] += pairs.weight(at);
        }
    }

    private void losePlace(int at, int next, int best) {
        if (at == PairText.NONE || next == PairText.NONE) {
            return;
        }
        int pair = symbols.pair(pairs.symbol(at), pairs.symbol(next));
        if (pair == Symbols.NONE || pair == best) {
            return;
        }
        if (isRun(pair)) {
            uncounted.add(pair);
        } else if (symbols.count[pair] > 0) {
            // A pair that was given up and comes up again has no places, and a count of 0.
            symbols.count[pair] -= pairs.weight(at);
        }
    }

    private boolean isRun(int pair) {
        return symbols.left[pair] == symbols.right[pair];
    }

    /** Counts a pair of twice the same symbol; a place that overlaps with the one before it is dropped for good. */
    private void countRuns(int pair) {
        long count = 0;
        int kept = 0;
        int end = PairText.NONE;
        for (int i = 0; i < places.size(pair); i++) {
            int at = places.get(pair, i);
            if (at == end || !pairs.has(pair, at)) {
                end = PairText.NONE;
                continue;
            }
            count += pairs.weight(at);
            end = pairs.next(at);
            places.set(pair, kept++, at);
        }
        if (kept < places.size(pair)) {
            places.shorten(pair, kept);
        }
        if (symbols.count[pair] >= 0) {
            symbols.count[pair] = count;
        }
    }

    private List<Piece> scored() {
        for (int point : text.characters()) {
            pieces.add(Character.toString(point));
        }
        Piece[] scored = new Piece[pieces.size()];
        // The first piece has minus zero, as spm_train's, which a model file keeps.
        Arrays.setAll(scored, i -> new Piece(pieces.get(i), -(float) i, PieceType.NORMAL));
        return List.of(scored);
    }
}
