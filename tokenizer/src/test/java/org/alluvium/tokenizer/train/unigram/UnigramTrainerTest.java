package org.alluvium.tokenizer.train.unigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.alluvium.tokenizer.train.unigram.UnigramTrainer.Scored;
import org.junit.jupiter.api.Test;

class UnigramTrainerTest {

    private static final int SPACE = 0x2581;

    /** A space only in front, and no digit beside a letter. */
    private static final PieceRule RULE = new PieceRule() {
        @Override
        public boolean allows(int[] points, int from, int to) {
            for (int i = from + 1; i < to; i++) {
                if (separates(points[i - 1], points[i])) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean separates(int before, int after) {
            return after == SPACE || (before != SPACE && Character.isDigit(before) != Character.isDigit(after));
        }
    };

    private static final Map<String, Long> WORDS = words();
    private static final Map<Integer, Long> LETTERS = letters(WORDS);

    @Test
    void thereAreAsManyPiecesAsAskedForAndTheLikelyOnesComeFirst() throws InterruptedException {
        List<Scored> pieces = train(500, 1);
        assertThat(pieces)
                .hasSize(500)
                .isSortedAccordingTo(Comparator.comparingDouble(Scored::score).reversed());
        assertThat(pieces).extracting(Scored::text).doesNotHaveDuplicates();
    }

    @Test
    void everyRequiredCharacterIsAPieceAlsoOneThatTheTextDoesNotHold() throws InterruptedException {
        Map<Integer, Long> required = new HashMap<>(LETTERS);
        required.put((int) '€', 0L);
        List<Scored> pieces =
                UnigramTrainer.train(CountedStrings.of(WORDS), required, RULE, UnigramSettings.ofSize(300), quiet());
        assertThat(pieces)
                .extracting(Scored::text)
                .contains("€")
                .containsAll(required.keySet().stream().map(Character::toString).toList());
    }

    @Test
    void noPieceHoldsAnUnknownCharacterOrWhatTheRuleForbids() throws InterruptedException {
        Map<Integer, Long> required = new HashMap<>(LETTERS);
        required.remove((int) 'q');
        List<Scored> pieces =
                UnigramTrainer.train(CountedStrings.of(WORDS), required, RULE, UnigramSettings.ofSize(400), quiet());
        assertThat(pieces).hasSize(400).allSatisfy(piece -> {
            int[] points = piece.text().codePoints().toArray();
            assertThat(points).doesNotContain('q');
            assertThat(points.length == 1 || RULE.allows(points, 0, points.length))
                    .isTrue();
            assertThat(points).hasSizeLessThanOrEqualTo(16);
        });
    }

    @Test
    void scoresAreLogarithmsOfProbabilities() throws InterruptedException {
        double sum = train(500, 1).stream()
                .mapToDouble(piece -> Math.exp(piece.score()))
                .sum();
        // The prior takes a little from each, and the last selection took the least likely tenth away.
        assertThat(sum).isLessThan(1).isCloseTo(1, within(0.05));
    }

    @Test
    void frequentWordsBecomePieces() throws InterruptedException {
        List<String> frequent = WORDS.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(20)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(train(500, 1)).extracting(Scored::text).containsAll(frequent);
    }

    @Test
    void neitherThreadsNorTheOrderOfTheWordsChangeAnything() throws InterruptedException {
        List<Scored> alone = train(400, 1);
        assertThat(train(400, 3)).isEqualTo(alone);
        List<Map.Entry<String, Long>> shuffled = new ArrayList<>(WORDS.entrySet());
        Collections.shuffle(shuffled, new Random(7));
        CountedStrings halves = visitor -> shuffled.forEach(word -> {
            int[] points = (word.getKey() + " ").codePoints().toArray();
            long half = word.getValue() / 2;
            visitor.visit(points, 0, points.length - 1, word.getValue() - half, CountedStrings.SEVERAL);
            if (half > 0) {
                visitor.visit(points, 0, points.length - 1, half, CountedStrings.SEVERAL);
            }
        });
        assertThat(UnigramTrainer.train(halves, LETTERS, RULE, UnigramSettings.ofSize(400), quiet()))
                .isEqualTo(alone);
    }

    @Test
    void aTextThatHasNoMorePiecesGivesFewer() throws InterruptedException {
        Map<String, Long> few = Map.of("▁ab", 4L, "▁b", 1L);
        List<Scored> pieces =
                UnigramTrainer.train(CountedStrings.of(few), letters(few), RULE, UnigramSettings.ofSize(1000), quiet());
        assertThat(pieces)
                .extracting(Scored::text)
                .contains("▁", "a", "b", "▁ab")
                .hasSizeLessThan(10);
    }

    @Test
    void aTextWithoutAnythingGivesTheRequiredCharacters() throws InterruptedException {
        List<Scored> pieces = UnigramTrainer.train(
                CountedStrings.of(Map.of()), Map.of((int) 'a', 0L), RULE, UnigramSettings.ofSize(10), quiet());
        assertThat(pieces).extracting(Scored::text).containsExactly("a");
        assertThat(pieces.get(0).score()).isFinite();
    }

    @Test
    void sentencePieceLoadsTheModelAndItsTokensAreTheMostLikelyOnesByOurScores() throws InterruptedException {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece("<unk>", 0, PieceType.UNKNOWN));
        Map<String, Float> scores = new HashMap<>();
        for (Scored piece : train(500, 1)) {
            pieces.add(new Piece(piece.text(), piece.score(), PieceType.NORMAL));
            scores.put(piece.text(), piece.score());
        }
        NormalizerSpec normalizer = NormalizerSpec.defaults().withRules("identity", new byte[0]);
        byte[] model = new SentencePieceModel(pieces, new TrainerSpec.Builder().build(), normalizer).toBytes();
        Vocabulary vocabulary = Vocabulary.parse(model, "trained.model");
        try (NativeEncoder encoder = NativeEncoder.open(vocabulary)) {
            for (String word : WORDS.keySet()) {
                int[] ids = encoder.encode(word.substring(1));
                double theirs = Arrays.stream(ids)
                        .mapToDouble(id -> vocabulary.piece(id).score())
                        .sum();
                assertThat(theirs).as(word).isCloseTo(best(word, scores), within(1e-3 * ids.length));
            }
        }
    }

    /** The score of the best segmentation. */
    private static double best(String word, Map<String, Float> scores) {
        double[] best = new double[word.length() + 1];
        Arrays.fill(best, 1, best.length, Double.NEGATIVE_INFINITY);
        for (int end = 1; end < best.length; end++) {
            for (int start = 0; start < end; start++) {
                Float score = scores.get(word.substring(start, end));
                best[end] = score == null ? best[end] : Math.max(best[end], best[start] + score);
            }
        }
        return best[word.length()];
    }

    @Test
    void progressEndsWhereItWasExpected() throws InterruptedException {
        List<Integer> done = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        List<Double> likelihoods = new ArrayList<>();
        UnigramTrainer.train(
                CountedStrings.of(WORDS), LETTERS, RULE, UnigramSettings.ofSize(300), new UnigramProgress() {
                    @Override
                    public void fragments(int distinct, long letters) {
                        assertThat(distinct).isPositive();
                        assertThat(letters).isGreaterThan(distinct);
                    }

                    @Override
                    public void iterated(int rounds, int all, int pieces, double logLikelihood) {
                        done.add(rounds);
                        expected.add(all);
                        likelihoods.add(logLikelihood);
                    }
                });
        int last = done.size();
        assertThat(done).hasSizeGreaterThan(4).last().isEqualTo(last);
        assertThat(expected).last().isEqualTo(last);
        assertThat(likelihoods).allMatch(likelihood -> likelihood < 0);
        assertThat(likelihoods.get(1)).as("after one round of maximization").isGreaterThan(likelihoods.get(0));
    }

    @Test
    void settingsWithoutSenseAreRefused() {
        assertThatThrownBy(() -> new UnigramSettings(10, 0, 16, 0.75, 2, 1)).hasMessageContaining("seeds");
        assertThatThrownBy(() -> new UnigramSettings(10, 5, 16, 1, 2, 1)).hasMessageContaining("shrinking factor");
    }

    private static List<Scored> train(int size, int threads) throws InterruptedException {
        UnigramSettings settings = UnigramSettings.ofSize(size).withThreads(threads);
        return UnigramTrainer.train(CountedStrings.of(WORDS), LETTERS, RULE, settings, quiet());
    }

    private static UnigramProgress quiet() {
        return UnigramProgress.NONE;
    }

    /** Words of random syllables, a few of them frequent as in any language, numbers, and lines without a space. */
    private static Map<String, Long> words() {
        Random random = new Random(42);
        String[] syllables = new String[60];
        for (int i = 0; i < syllables.length; i++) {
            syllables[i] = "" + "bcdfghklmnpqrst".charAt(random.nextInt(15)) + "aeiouäé".charAt(random.nextInt(7))
                    + (random.nextBoolean() ? "" : "nrs".charAt(random.nextInt(3)));
        }
        Map<String, Long> words = new HashMap<>();
        for (int i = 1; i <= 4000; i++) {
            StringBuilder word = new StringBuilder("▁");
            int length = i % 97 == 0 ? 200 : 1 + random.nextInt(4);
            for (int j = 0; j < length; j++) {
                word.append(syllables[(int) (60 * Math.pow(random.nextDouble(), 2))]);
            }
            words.merge(
                    i % 10 == 0 ? "▁" + random.nextInt(3000) : word.toString(),
                    1 + 20_000L / ((long) i * i),
                    Long::sum);
        }
        return words;
    }

    private static Map<Integer, Long> letters(Map<String, Long> words) {
        Map<Integer, Long> letters = new HashMap<>();
        words.forEach((word, count) -> word.codePoints().forEach(point -> letters.merge(point, count, Long::sum)));
        return letters;
    }
}
