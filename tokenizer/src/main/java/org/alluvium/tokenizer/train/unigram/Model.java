package org.alluvium.tokenizer.train.unigram;

import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.train.unigram.Segmentation.Alternative;

/** The unigram model under training: pieces with scores, and the lattices of the text. Used by one thread; a team works for it. */
final class Model {

    private static final int GONE = -1;
    /** Pieces that one thread looks at before it takes the next ones. */
    private static final int PIECES_OF_A_TASK = 4096;

    private final Fragments fragments;
    private final Team team;
    private final int[] offsets;
    private final Lattice[] lattices;
    private final long[] letterCounts;
    private final long letters;
    private Pieces pieces;

    Model(Fragments fragments, Pieces seeds, Team team) throws InterruptedException {
        this.fragments = fragments;
        this.team = team;
        this.pieces = seeds;
        int[] stretches = Lattice.stretches(fragments);
        this.offsets = Arrays.stream(stretches).map(fragments::start).toArray();
        this.lattices = new Lattice[stretches.length - 1];
        Trie trie = Trie.of(seeds, fragments.letters());
        team.share(
                lattices.length,
                () -> lattices,
                (all, i) -> all[i] = Lattice.of(fragments, stretches[i], stretches[i + 1], seeds, trie));
        this.letterCounts = new long[fragments.alphabetSize()];
        for (int i = 0; i < fragments.size(); i++) {
            for (int at = fragments.start(i); at < fragments.end(i); at++) {
                letterCounts[fragments.letters()[at]] += fragments.count(i);
            }
        }
        this.letters = Arrays.stream(letterCounts).sum();
    }

    Pieces pieces() {
        return pieces;
    }

    /**
     * One round of expectation maximization: the scores become those that fit the expected counts best, under a prior that
     * takes from all and so most from the rare.
     *
     * @param rarest pieces that are expected less often are dropped
     * @return the logarithm of the text's probability before, a mean over its letters
     */
    double maximize(double rarest) throws InterruptedException {
        List<Expectation> parts = team.share(
                lattices.length, () -> new Expectation(fragments, pieces, letters), (part, i) -> part.add(lattices[i]));
        Expectation expected = parts.get(0);
        parts.stream().skip(1).forEach(expected::add);
        double sum = 0;
        int[] kept = new int[pieces.size()];
        double[] scores = new double[pieces.size()];
        int size = 0;
        for (int piece = 0; piece < pieces.size(); piece++) {
            double count = expected.count(piece);
            if (count >= rarest) {
                sum += count;
                kept[size] = piece;
                scores[size] = Digamma.of(count);
                size++;
            }
        }
        double all = Digamma.of(sum);
        for (int i = 0; i < size; i++) {
            scores[i] -= all;
        }
        keep(Arrays.copyOf(kept, size), Arrays.copyOf(scores, size));
        return expected.logLikelihood() / letters;
    }

    /** Keeps so many pieces, those that matter most. */
    void prune(int limit) throws InterruptedException {
        List<Segmentation> parts = team.share(
                lattices.length, () -> new Segmentation(fragments, pieces), (part, i) -> part.add(lattices[i]));
        Segmentation counted = parts.get(0);
        parts.stream().skip(1).forEach(counted::add);
        Pruning pruning = new Pruning(counted.counts(), commonest());
        double[] losses = new double[pieces.size()];
        int tasks = (pieces.size() + PIECES_OF_A_TASK - 1) / PIECES_OF_A_TASK;
        team.share(tasks, () -> new Segmentation(fragments, pieces), (part, task) -> {
            int end = Math.min(pieces.size(), (task + 1) * PIECES_OF_A_TASK);
            for (int piece = task * PIECES_OF_A_TASK; piece < end; piece++) {
                Alternative alternative = part.alternative(lattices[latticeOf(piece)], piece);
                losses[piece] = pruning.loss(piece, alternative);
            }
        });
        int[] kept = Pruning.keep(losses, limit);
        keep(kept, Arrays.stream(kept).mapToDouble(pieces::score).toArray());
    }

    /** The piece of the commonest letter of the text that is a piece; the unknown one where none is. */
    private int commonest() {
        int[] text = fragments.letters();
        int found = pieces.unknown();
        for (int piece = 0; piece < pieces.size(); piece++) {
            if (pieces.length(piece) == 1
                    && (found == pieces.unknown()
                            || letterCounts[text[pieces.offset(piece)]] > letterCounts[text[pieces.offset(found)]])) {
                found = piece;
            }
        }
        return found;
    }

    private int latticeOf(int piece) {
        int found = Arrays.binarySearch(offsets, pieces.offset(piece));
        return found >= 0 ? found : -found - 2;
    }

    private void keep(int[] kept, double[] scores) throws InterruptedException {
        if (kept.length < pieces.size()) {
            int[] numbers = new int[pieces.size() + 1];
            Arrays.fill(numbers, GONE);
            for (int i = 0; i < kept.length; i++) {
                numbers[kept[i]] = i;
            }
            numbers[pieces.unknown()] = kept.length;
            team.share(lattices.length, () -> numbers, (ignored, i) -> lattices[i].renumber(numbers, pieces));
        }
        pieces = pieces.select(kept, scores);
    }
}
