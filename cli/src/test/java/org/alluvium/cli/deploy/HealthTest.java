package org.alluvium.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.cli.deploy.Health.Verdict;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final Health health = new Health(2);

    @Test
    void aJobIsHealthyAfterEnoughCheckpointsInARow() {
        assertThat(health.look("RUNNING", 0, 0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(health.look("RUNNING", 1, 0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(health.look("RUNNING", 2, 0)).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aFailureBeginsTheRowAnew() {
        assertThat(health.look("RUNNING", 1, 0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(health.look("RESTARTING", 1, 1)).isEqualTo(Verdict.UNDECIDED);
        assertThat(health.look("RUNNING", 2, 1)).isEqualTo(Verdict.UNDECIDED);
        assertThat(health.look("RUNNING", 3, 1)).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void checkpointsOfAJobThatDoesNotRunNowDoNotMakeItHealthy() {
        assertThat(health.look("RESTARTING", 2, 0)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void threeFailuresAreEnough() {
        assertThat(health.look("RESTARTING", 1, 2)).isEqualTo(Verdict.UNDECIDED);
        assertThat(health.look("RUNNING", 9, 3)).isEqualTo(Verdict.BROKEN);
    }

    @Test
    void anEndIsAFailureUnlessItIsThatOfTheInput() {
        assertThat(new Health(2).look("FAILED", 9, 0)).isEqualTo(Verdict.BROKEN);
        assertThat(new Health(2).look("CANCELED", 9, 0)).isEqualTo(Verdict.BROKEN);
        assertThat(new Health(2).look("FINISHED", 0, 0)).isEqualTo(Verdict.HEALTHY);
    }
}
