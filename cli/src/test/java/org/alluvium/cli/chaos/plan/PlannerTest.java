package org.alluvium.cli.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
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
    void twoMinutesHaveEveryKindOnce() {
        assertThat(Planner.plan(1, 2).stream().map(Fault::kind)).contains(FaultKind.values());
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

    private static Stream<Duration> stops(double minutes) {
        return Planner.plan(5, minutes).stream()
                .filter(fault -> fault.kind() == FaultKind.STOP)
                .map(Fault::hold);
    }
}
