package org.alluvium.cli.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.cli.supervise.RestartPolicy.Verdict;
import org.alluvium.contracts.error.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RestartPolicyTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private final RestartPolicy policy =
            new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1), 6);

    @Test
    void exitCodeZeroIsTheGoal() {
        assertThat(policy.judge(0, SHORT, 0)).isEqualTo(new Verdict.Finished());
    }

    @ParameterizedTest
    @EnumSource(
            value = ExitCode.class,
            mode = Mode.EXCLUDE,
            names = {"OK", "FAILED", "INTERRUPTED"})
    void anErrorThatAPersonMustMendEndsEverything(ExitCode code) {
        assertThat(policy.judge(code.code(), SHORT, 0)).isEqualTo(new Verdict.GiveUp(code, code.meaning()));
    }

    @Test
    void aSignalOrADefectIsACrashWithItsReason() {
        assertThat(policy.judge(137, SHORT, 0))
                .isEqualTo(new Verdict.Restart(Duration.ofSeconds(1), "killed (signal 9)"));
        assertThat(policy.judge(3, SHORT, 0)).isEqualTo(new Verdict.Restart(Duration.ofSeconds(1), "out of memory"));
        assertThat(policy.judge(1, SHORT, 0))
                .isEqualTo(new Verdict.Restart(Duration.ofSeconds(1), "unexpected error (exit code 1)"));
    }

    @Test
    void theDelayDoublesUpToItsLimitAndThenEverythingEnds() {
        List<Verdict> verdicts = IntStream.range(0, 6)
                .mapToObj(crashes -> policy.judge(137, SHORT, crashes))
                .toList();
        assertThat(verdicts.subList(0, 5))
                .extracting(verdict -> ((Verdict.Restart) verdict).delay().toSeconds())
                .containsExactly(1L, 2L, 4L, 8L, 10L);
        assertThat(verdicts.get(5)).isInstanceOf(Verdict.GiveUp.class);
    }

    @Test
    void aHealthyRunForgivesEarlierCrashes() {
        assertThat(policy.judge(137, Duration.ofMinutes(1), 5))
                .isEqualTo(new Verdict.Restart(Duration.ofSeconds(1), "killed (signal 9)"));
        assertThat(policy.crashesAfter(Duration.ofMinutes(1), 5)).isEqualTo(1);
    }
}
