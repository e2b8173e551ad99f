package org.alluvium.dashboard.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.alluvium.dashboard.series.Track.Place;
import org.junit.jupiter.api.Test;

class TrackTest {

    private final Track track = new Track();

    @Test
    void aSpikeOfOneStepInAMillionIsSeen() {
        for (int step = 1; step <= 1_000_000; step++) {
            add(step, step == 614_227 ? 17.5 : 3.0);
        }
        Points points = track.points("loss", new Window(Axis.STEP, 0, 2_000_000, 900, false, 0.9));
        assertThat(points.x()).hasSize(900).endsWith(1_000_000.0);
        assertThat(points.max()).contains(17.5);
        assertThat(points.min()).allMatch(min -> min == 3.0);
    }

    @Test
    void fewFiguresAreDrawnOneByOne() {
        add(1, 5);
        add(2, Double.NaN);
        add(4, 7);
        Points points = track.points("loss", new Window(Axis.STEP, 1, 4, 100, false, 0));
        assertThat(points.x()).containsExactly(1.0, 2.0, 4.0);
        assertThat(points.value()).containsExactly(5.0, null, 7.0);
        assertThat(points.smooth()).containsExactly(5.0, 5.0, 7.0);
    }

    @Test
    void theAverageIsThatOfAllFiguresWhereverTheWindowBegins() {
        for (int step = 1; step <= 10_000; step++) {
            add(step, Math.sin(step / 30.0));
        }
        Points whole = track.points("loss", new Window(Axis.STEP, 1, 10_000, 8_192, false, 0.98));
        Points part = track.points("loss", new Window(Axis.STEP, 9_000, 10_000, 8_192, false, 0.98));
        assertThat(part.smooth().getLast()).isCloseTo(whole.smooth().getLast(), within(1e-9));
    }

    @Test
    void theAverageDoesNotLeanTowardsZeroAtTheBegin() {
        add(1, 10);
        add(2, 10);
        assertThat(track.points("loss", new Window(Axis.STEP, 1, 2, 10, false, 0.99))
                        .smooth())
                .allSatisfy(average -> assertThat(average).isCloseTo(10, within(1e-12)));
    }

    @Test
    void repeatedStepsReplaceTheOldOnes() {
        for (int step = 1; step <= 100; step++) {
            add(step, 1);
        }
        for (int step = 61; step <= 70; step++) {
            add(step, 2);
        }
        assertThat(track.rows()).isEqualTo(70);
        assertThat(track.points("loss", new Window(Axis.STEP, 61, 100, 50, false, 0))
                        .value())
                .hasSize(10)
                .containsOnly(2.0);
    }

    @Test
    void aColumnThatComesLaterHasNothingBefore() {
        add(1, 1);
        track.begin(new Place(2, 20, 200));
        track.put("loss", 1);
        track.put("late", 9);
        assertThat(track.points("late", new Window(Axis.TOKENS, 0, 100, 10, false, 0))
                        .value())
                .containsExactly(null, 9.0);
    }

    @Test
    void pointsOfALogarithmicAxisStandEvenlyByMagnitude() {
        for (int step = 1; step <= 10_000; step++) {
            add(step, step);
        }
        Points points = track.points("loss", new Window(Axis.STEP, 1, 10_000, 8, true, 0));
        assertThat(points.x()).hasSize(8);
        assertThat(points.x().get(3)).isCloseTo(100, within(1.0));
    }

    private void add(int step, double loss) {
        track.begin(new Place(step, step * 10L, step * 100L));
        track.put("loss", loss);
    }
}
