package org.alluvium.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.alluvium.cli.chaos.fleet.Member;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.FaultKind;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.chaos.proof.Recovery;
import org.junit.jupiter.api.Test;

class EndsTest {

    @Test
    void whatWasKilledMayHaveEndedOfIt() {
        assertThat(ended("broker", 137, FaultKind.KILL, Target.BROKER).holds()).isTrue();
        assertThat(ended("train", 137, FaultKind.KILL, Target.TRAINER).holds()).isTrue();
        assertThat(ended("train", 137, FaultKind.KILL, Target.BROKER).holds()).isFalse();
    }

    @Test
    void damageAndAFullDiskHaveExitCodesOfTheirOwn() {
        assertThat(ended("train", 65, FaultKind.SHARD_TRUNCATED, Target.TRAINER).holds())
                .isTrue();
        assertThat(ended("train", 74, FaultKind.DISK_FULL, Target.TRAINER).holds())
                .isTrue();
        assertThat(ended("train", 74, FaultKind.DISK_FULL, Target.INGEST).holds())
                .isFalse();
        assertThat(ended("train", 1, FaultKind.DISK_FULL, Target.TRAINER).holds())
                .isFalse();
    }

    @Test
    void aTakedownKillsWhatItStrikesAndTheTrainerThatHasToGoBack() {
        assertThat(ended("train", 137, FaultKind.TAKEDOWN, Target.JOB_MANAGER).holds())
                .isTrue();
        assertThat(ended("broker", 137, FaultKind.TAKEDOWN, Target.JOB_MANAGER).holds())
                .isFalse();
        assertThat(ended("train", 65, FaultKind.TAKEDOWN, Target.TRAINER).holds())
                .isFalse();
    }

    @Test
    void nothingEndsOfABrokenNetworkAClockOrAHalt() {
        assertThat(ended("train", 1, FaultKind.NETWORK, Target.BROKER).holds()).isFalse();
        assertThat(ended("train", 1, FaultKind.CLOCK_JUMP, Target.ALL).holds()).isFalse();
        assertThat(ended("broker", 1, FaultKind.STOP, Target.BROKER).ids())
                .containsExactly("broker ended with 1: of no reason");
    }

    private static Claim ended(String name, int code, FaultKind kind, Target target) {
        Fault fault = new Fault(1, kind, target, Duration.ZERO, Duration.ZERO, false, 0);
        Recovery recovery =
                new Recovery(fault, 0, OptionalDouble.empty(), OptionalDouble.of(1), OptionalDouble.empty(), List.of());
        return Ends.explained(List.of(new Member.End(name, 0, code, "it ended\nof no reason")), List.of(recovery));
    }
}
