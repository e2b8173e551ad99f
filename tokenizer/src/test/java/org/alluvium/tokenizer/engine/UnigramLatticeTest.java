package org.alluvium.tokenizer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.PieceType;
import org.junit.jupiter.api.Test;

/** Other segmentations than the best. */
class UnigramLatticeTest {

    private static final String TEXT = "The rapporteur's amendments, d\u00e9j\u00e0 vus \u2603.";
    private static final int DRAWS = 20_000;

    private final Vocabulary vocabulary = Vocabulary.bundled();
    private final Session session = PieceEncoder.of(vocabulary).session();

    @Test
    void theBestOfManyIsTheEncodingAndTheOthersAreWorseAndDifferent() {
        List<Segmentation> best = session.nBest(TEXT, 50);

        assertThat(best).hasSize(50);
        assertThat(best.get(0).ids())
                .isEqualTo(Arrays.stream(session.encode(TEXT)).boxed().toList());
        assertThat(best)
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Segmentation::score).reversed());
        assertThat(best.stream().map(Segmentation::ids)).doesNotHaveDuplicates();
        assertThat(best)
                .allSatisfy(way -> assertThat(vocabulary.decode(ints(way))).isEqualTo(TEXT));
    }

    @Test
    void moreAreNotGivenThanThereAre() {
        assertThat(session.nBest("", 5)).hasSize(1);
        assertThat(session.nBest("the", 100_000).size()).isBetween(2, 64);
        assertThatThrownBy(() -> session.nBest("the", 0)).hasMessageContaining("at least 1");
    }

    @Test
    void theBestAreTheBestOfAllThatTryingFinds() {
        for (String text : List.of("a", "the", "amend", "rappor teur", "motions to")) {
            List<Segmentation> all = new ArrayList<>();
            tryAll("\u2581" + text.replace(' ', '\u2581'), List.of(), 0, all);
            all.sort(Comparator.comparingDouble(Segmentation::score).reversed());
            List<Segmentation> best = session.nBest(text, all.size() + 10);
            assertThat(best).hasSameSizeAs(all);
            for (int i = 0; i < all.size(); i++) {
                assertThat(best.get(i).score()).isEqualTo(all.get(i).score(), within(1e-9));
            }
            assertThat(best.stream().map(Segmentation::ids))
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().map(Segmentation::ids).toList());
        }
    }

    private void tryAll(String rest, List<Integer> ids, double score, List<Segmentation> all) {
        if (rest.isEmpty()) {
            all.add(new Segmentation(ids, score));
        }
        for (int end = 1; end <= rest.length(); end++) {
            int id = vocabulary.idOf(rest.substring(0, end));
            if (id != Vocabulary.NONE && vocabulary.piece(id).type() == PieceType.NORMAL) {
                List<Integer> more = new ArrayList<>(ids);
                more.add(id);
                tryAll(rest.substring(end), more, score + vocabulary.piece(id).score(), all);
            }
        }
    }

    @Test
    void howOftenSegmentationsAreDrawnPassesAChiSquareTest() {
        List<Segmentation> all = session.nBest("rapporteur", 1_000_000);
        double sum =
                all.stream().mapToDouble(way -> Math.exp(0.3 * way.score())).sum();
        Map<List<Integer>, Integer> drawn = new HashMap<>();
        Random random = new Random(20261123);
        for (int i = 0; i < DRAWS; i++) {
            drawn.merge(session.sample("rapporteur", 0.3, random).ids(), 1, Integer::sum);
        }
        double chiSquare = 0;
        int cells = 0;
        double rare = DRAWS;
        int rareDrawn = DRAWS;
        for (Segmentation way : all) {
            double expected = DRAWS * Math.exp(0.3 * way.score()) / sum;
            int seen = drawn.getOrDefault(way.ids(), 0);
            if (expected >= 5) {
                chiSquare += (seen - expected) * (seen - expected) / expected;
                rare -= expected;
                rareDrawn -= seen;
                cells++;
            }
        }
        chiSquare += (rareDrawn - rare) * (rareDrawn - rare) / rare;
        // Its mean is the number of cells, its variance twice that: four deviations are one seed in thousands.
        assertThat(cells).isGreaterThan(5);
        assertThat(chiSquare).isBetween(cells - 4 * Math.sqrt(2.0 * cells), cells + 4 * Math.sqrt(2.0 * cells));
    }

    @Test
    void segmentationsAreDrawnAsOftenAsTheyAreLikely() {
        List<Segmentation> all = session.nBest("amend", 100_000);
        for (double smoothing : new double[] {0, 0.5, 1}) {
            double sum = all.stream()
                    .mapToDouble(way -> Math.exp(smoothing * way.score()))
                    .sum();
            Map<List<Integer>, Integer> drawn = new HashMap<>();
            Random random = new Random(20261123);
            for (int i = 0; i < DRAWS; i++) {
                drawn.merge(session.sample("amend", smoothing, random).ids(), 1, Integer::sum);
            }
            assertThat(all).allSatisfy(way -> {
                double expected = Math.exp(smoothing * way.score()) / sum;
                double deviation = Math.sqrt(expected / DRAWS);
                assertThat(drawn.getOrDefault(way.ids(), 0) / (double) DRAWS)
                        .as("%s with smoothing %s", way, smoothing)
                        .isEqualTo(expected, within(5 * deviation + 1e-9));
            });
        }
    }

    @Test
    void theSameSeedDrawsTheSameOfALongText() {
        String text = TEXT.repeat(200);
        Segmentation one = session.sample(text, 0.2, new Random(5));
        assertThat(session.sample(text, 0.2, new Random(5))).isEqualTo(one);
        assertThat(session.sample(text, 0.2, new Random(6))).isNotEqualTo(one);
        assertThat(vocabulary.decode(ints(one))).isEqualTo(text);
    }

    private static int[] ints(Segmentation way) {
        return way.ids().stream().mapToInt(Integer::intValue).toArray();
    }
}
