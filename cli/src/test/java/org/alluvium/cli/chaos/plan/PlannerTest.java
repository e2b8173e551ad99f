package org.alluvium.cli.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    @Test
    void theSameSeedMakesTheSameScheduleAndAnotherOneAnother() {
        assertThat(Planner.plan(7, 60)).isEqualTo(Planner.plan(7, 60)).isNotEqualTo(Planner.plan(8, 60));
    }

    @Test
    void anHourStrikesEverythingThatCanBeStruckAndMostOfItSeveralTimes() {
        var struck = Planner.plan(7, 60).stream()
                .collect(Collectors.groupingBy(fault -> fault.kind() + " " + fault.target(), Collectors.counting()));
        assertThat(struck.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FaultKind.values())
                        .flatMap(kind -> kind.targets().stream().map(target -> kind + " " + target))
                        .toList());
        assertThat(Planner.plan(7, 60).stream()
                        .collect(Collectors.groupingBy(Fault::kind, Collectors.counting()))
                        .values())
                .allMatch(times -> times >= 8);
    }

    @Test
    void threeMinutesHaveEveryKindOnceAndTwoAllButATakedown() {
        assertThat(Planner.plan(1, 3).stream().map(Fault::kind)).contains(FaultKind.values());
        assertThat(Planner.plan(1, 2).stream().map(Fault::kind))
                .doesNotContain(FaultKind.TAKEDOWN)
                .containsAll(EnumSet.complementOf(EnumSet.of(FaultKind.TAKEDOWN)));
    }

    @Test
    void aProcessIsStoppedForHalfAMinuteWhereThereIsTime() {
        assertThat(stops(60)).isNotEmpty().allMatch(Duration.ofSeconds(30)::equals);
        assertThat(stops(2)).isNotEmpty().allMatch(Duration.ofSeconds(3)::equals);
    }

    @Test
    void faultsStrikeWhileOthersLastButNeverBeforeTheFirst() {
        List<Fault> faults = Planner.plan(3, 60);
        assertThat(faults).anyMatch(Fault::overlaps);
        assertThat(faults.getFirst().overlaps()).isFalse();
        assertThat(faults.stream().filter(Fault::overlaps).map(Fault::pause)).containsOnly(Duration.ZERO);
    }

    @Test
    void theShortestRunHasAFault() {
        assertThat(Planner.plan(1, 0.01)).hasSize(1);
    }

    @Test
    void aFaultSaysWhatItStrikesHowLongAndHowFar() {
        Duration half = Duration.ofSeconds(30);
        assertThat(new Fault(1, FaultKind.STOP, Target.BROKER, half, Duration.ZERO, false, 5).words())
                .isEqualTo("stopped: broker for 30 s");
        assertThat(Stream.of(-90L, 10_800L, -34_560_000L)
                        .map(seconds -> new Fault(
                                1, FaultKind.CLOCK_JUMP, Target.ALL, half, Duration.ZERO, false, seconds * 1000))
                        .map(Fault::words))
                .containsExactly(
                        "clock jump: all by -90 s for 30 s",
                        "clock jump: all by 3 h for 30 s",
                        "clock jump: all by -400 d for 30 s");
    }

    private static Stream<Duration> stops(double minutes) {
        return Planner.plan(5, minutes).stream()
                .filter(fault -> fault.kind() == FaultKind.STOP)
                .map(Fault::hold);
    }
}
