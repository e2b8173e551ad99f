package org.alluvium.tokenizer.train.unigram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains the pieces of a unigram language model (Kudo, "Subword Regularization", 2018) as SentencePiece does it: many seeds,
 * expectation maximization under a sparse prior (Liang, Klein: "Structured Bayesian Nonparametric Models with Variational
 * Inference", 2007), and pruning by the loss of likelihood until few enough are left.
 *
 * <p>The result depends on the words' counts and the settings only: not on the order of the words, nor on threads. It differs
 * from SentencePiece's by what docs/design/0037-unigram-training.md says. Stateless.
 */
public final class UnigramTrainer {

    /** Pruning stops at this multiple of the size that is asked for; the rest is decided by score. */
    private static final double RESERVE = 1.1;

    /** Pieces that are expected less often are dropped. */
    private static final double RAREST = 0.5;

    private static final double SCORE_STEP = 0.0001;

    private UnigramTrainer() {}

    /** A piece with the natural logarithm of its probability. */
    public record Scored(String text, float score) {}

    /**
     * Trains.
     *
     * @param words strings that are segmented by themselves, and how often each occurs
     * @param required code points that must be pieces, with their counts; all others are unknown
     * @param rule which strings may be pieces
     * @return the pieces, the most likely one first: as many as the settings say, or fewer if the text has no more; at least
     *     the required ones
     * @throws InterruptedException if the thread is interrupted
     */
    public static List<Scored> train(
            CountedStrings words,
            Map<Integer, Long> required,
            PieceRule rule,
            UnigramSettings settings,
            UnigramProgress progress)
            throws InterruptedException {
        Fragments fragments = Fragments.of(words, required::containsKey, rule);
        progress.fragments(fragments.size(), fragments.letters().length - fragments.size());
        try (Team team = new Team(settings.threads())) {
            Pieces seeds = Seeds.of(fragments, settings.longest(), settings.seeds(), rule);
            Model model = new Model(fragments, seeds, team);
            shrink(model, settings, progress);
            return pieces(fragments, model.pieces(), required, settings.size());
        }
    }

    private static void shrink(Model model, UnigramSettings settings, UnigramProgress progress)
            throws InterruptedException {
        int wanted = (int) (settings.size() * RESERVE);
        for (int done = 0; ; ) {
            for (int i = 0; i < settings.subIterations(); i++) {
                double likelihood = model.maximize(RAREST);
                done++;
                int size = model.pieces().size();
                int rounds = size <= wanted
                        ? 0
                        : (int) Math.ceil(Math.log((double) wanted / size) / Math.log(settings.shrinkingFactor()));
                int left = settings.subIterations() * (rounds + 1) - i - 1;
                progress.iterated(done, done + left, size, likelihood);
            }
            int size = model.pieces().size();
            if (size <= wanted) {
                return;
            }
            model.prune(Math.max(wanted, (int) (settings.shrinkingFactor() * size)));
        }
    }

    private static List<Scored> pieces(Fragments fragments, Pieces pieces, Map<Integer, Long> required, int size) {
        Map<String, Float> trained = new HashMap<>();
        for (int piece = 0; piece < pieces.size(); piece++) {
            trained.put(text(fragments, pieces, piece), (float) pieces.score(piece));
        }
        Map<String, Float> chosen = new HashMap<>();
        List<Map.Entry<Integer, Long>> letters = new ArrayList<>(required.entrySet());
        letters.sort(Map.Entry.<Integer, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        int missing = 0;
        for (Map.Entry<Integer, Long> letter : letters) {
            String text = Character.toString(letter.getKey());
            Float score = trained.get(text);
            chosen.put(text, score != null ? score : (float) (pieces.leastScore() + SCORE_STEP * missing++));
        }
        Comparator<Scored> likelyFirst =
                Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::text);
        trained.entrySet().stream()
                .filter(piece -> !chosen.containsKey(piece.getKey()))
                .map(piece -> new Scored(piece.getKey(), piece.getValue()))
                .sorted(likelyFirst)
                .limit(Math.max(0, size - chosen.size()))
                .toList()
                .forEach(piece -> chosen.put(piece.text(), piece.score()));
        return chosen.entrySet().stream()
                .map(piece -> new Scored(piece.getKey(), piece.getValue()))
                .sorted(likelyFirst)
                .toList();
    }

    private static String text(Fragments fragments, Pieces pieces, int piece) {
        StringBuilder text = new StringBuilder();
        for (int at = pieces.offset(piece); at < pieces.end(piece); at++) {
            text.appendCodePoint(fragments.codePoint(fragments.letters()[at]));
        }
        return text.toString();
    }
}
