package org.alluvium.dashboard.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Timeline timeline = new Timeline();
    private long sequence;

    @Test
    void aCommitCountsIntoTheStretchOfItsTimeAndGapsAreEmpty() {
        commit(10_000, 5);
        commit(10_900, 6);
        commit(13_000, 7);

        assertThat(timeline.drawn().from()).isEqualTo(10_000);
        assertThat(timeline.drawn().length()).isEqualTo(1_000);
        assertThat(timeline.drawn().tokens()).containsExactly(11L, 0L, 0L, 7L);
        assertThat(timeline.drawn().newest()).containsExactly(2L, 2L, 2L, 3L);
    }

    @Test
    void weeksTakeNoMoreRoomThanMinutes() {
        long second = 0;
        for (int i = 0; i < 2_000; i++) {
            second += i % 7 == 0 ? 4_000 : 600;
            commit(second * 1_000, i);
        }

        Timeline.Drawn drawn = timeline.drawn();
        assertThat(drawn.tokens()).hasSizeLessThanOrEqualTo(Timeline.STRETCHES).hasSameSizeAs(drawn.newest());
        assertThat(drawn.tokens().stream().mapToLong(Long::longValue).sum()).isEqualTo(1_999_000);
        assertThat(drawn.newest()).isSorted().endsWith(2_000L);
        assertThat(drawn.from() + drawn.length() * drawn.tokens().size()).isGreaterThan(second * 1_000);
    }

    @Test
    void aClockThatGoesBackLosesNothing() {
        commit(10_000, 1);
        commit(15_000, 1);
        commit(9_000, 1);

        assertThat(timeline.drawn().tokens()).containsExactly(1L, 0L, 0L, 0L, 0L, 2L);
    }

    private void commit(long millis, long tokens) {
        sequence++;
        timeline.add(new Commits.Commit(sequence, millis, 1, 1, tokens));
    }
}
