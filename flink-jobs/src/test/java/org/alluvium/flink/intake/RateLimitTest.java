package org.alluvium.flink.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    @Test
    void withoutALimitNothingWaits() {
        RateLimit limit = new RateLimit(0, 0);

        limit.taken(0);

        assertThat(limit.waitNanos(0)).isZero();
    }

    @Test
    void afterItsBurstASourceIsHeldToItsRate() {
        RateLimit limit = new RateLimit(1000, 0);
        long taken = 0;
        long now = 0;
        while (now < Duration.ofSeconds(10).toNanos()) {
            while (limit.waitNanos(now) == 0) {
                limit.taken(now);
                taken++;
            }
            now += limit.waitNanos(now);
        }

        assertThat(taken).isBetween(10_000L, 10_101L);
    }

    @Test
    void aRestIsMadeUpForByABurstAndNoMore() {
        RateLimit limit = new RateLimit(1000, 0);
        long afterAnHour = Duration.ofHours(1).toNanos();
        long taken = 0;
        while (limit.waitNanos(afterAnHour) == 0) {
            limit.taken(afterAnHour);
            taken++;
        }

        assertThat(taken).isEqualTo(100);
        assertThat(limit.waitNanos(afterAnHour)).isEqualTo(MILLISECOND);
    }

    @Test
    void lessThanARecordASecondIsARateToo() {
        RateLimit limit = new RateLimit(0.5, 0);

        limit.taken(0);

        assertThat(limit.waitNanos(0)).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(limit.waitNanos(Duration.ofSeconds(2).toNanos())).isZero();
    }

    @Test
    void aRecordThatCouldNotWaitPutsOffTheNext() {
        RateLimit limit = new RateLimit(1, 0);

        limit.taken(0);
        limit.taken(0);

        assertThat(limit.waitNanos(0)).isEqualTo(Duration.ofSeconds(2).toNanos());
    }
}
