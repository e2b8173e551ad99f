package org.alluvium.flink.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FailureCircuitTest {

    @Test
    void aShareOutOfBoundsTripsOnceUntilItWasInBounds() {
        FailureCircuit circuit = new FailureCircuit(4, 0.5);

        assertThat(trips(circuit, "FFF")).isEmpty();
        assertThat(trips(circuit, "F")).containsExactly(0);
        assertThat(trips(circuit, "FFFF")).isEmpty();
        assertThat(trips(circuit, "..")).isEmpty();
        assertThat(trips(circuit, "FFF")).containsExactly(2);
    }

    @Test
    void theAllowedShareItselfIsInBounds() {
        assertThat(trips(new FailureCircuit(4, 0.5), "FF..FF..")).isEmpty();
        assertThat(trips(new FailureCircuit(4, 1), "FFFFFFFF")).isEmpty();
    }

    @Test
    void afterAResetAFullWindowDecidesAnew() {
        FailureCircuit circuit = new FailureCircuit(2, 0.5);
        trips(circuit, "FF");

        circuit.reset();

        assertThat(circuit.share()).isZero();
        assertThat(trips(circuit, "FF")).containsExactly(1);
    }

    @Property
    void theShareIsThatOfTheNewestRecords(
            @ForAll @Size(max = 50) List<Boolean> failures, @ForAll @IntRange(min = 1, max = 10) int window) {
        FailureCircuit circuit = new FailureCircuit(window, 0.5);

        failures.forEach(circuit::add);

        List<Boolean> newest = failures.subList(Math.max(0, failures.size() - window), failures.size());
        assertThat(circuit.share())
                .isEqualTo(newest.stream()
                        .mapToInt(failed -> failed ? 1 : 0)
                        .average()
                        .orElse(0));
    }

    /** Indices of the records, F for a refused one, at which the circuit tripped. */
    private static List<Integer> trips(FailureCircuit circuit, String records) {
        List<Integer> trips = new ArrayList<>();
        for (int i = 0; i < records.length(); i++) {
            if (circuit.add(records.charAt(i) == 'F')) {
                trips.add(i);
            }
        }
        return trips;
    }
}
