package org.alluvium.dashboard.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.alluvium.dashboard.estimate.Work.Attention;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final double TERA = 1e12;

    private final Work largest = new Work(175e9, 300e9, Attention.NONE);

    @Test
    void aModelOf175BillionParametersTakesWhatIsKnownOfIt() {
        assertThat(largest.flops()).isEqualTo(315e21);
        assertThat(Math.round(largest.flopsPerSecond(30) / TERA)).isEqualTo(121_528);
        assertThat(Math.round(largest.devices(30, 78 * TERA))).isEqualTo(1_558);
    }

    @Test
    void daysAndDevicesAreTwoSidesOfTheSameWork() {
        double devices = largest.devices(30, 78 * TERA);
        Plan plan = new Plan(largest, devices, 78 * TERA, 500, 2);
        assertThat(plan.days()).isCloseTo(30, within(1e-9));
        assertThat(plan.kilowattHours()).isCloseTo(devices * 720 * 0.5, within(1e-3));
        assertThat(plan.price()).isCloseTo(devices * 720 * 2, within(1e-3));
    }

    @Test
    void attentionAddsWhatItsTwoProductsTake() {
        Work plain = new Work(124e6, 1e9, Attention.NONE);
        Work withAttention = new Work(124e6, 1e9, new Attention(12, 768, 1024));
        assertThat(withAttention.flops() - plain.flops()).isCloseTo(6.0 * 12 * 768 * 1024 * 1e9, within(1e9));
    }

    @Test
    void workOfNothingIsRefused() {
        assertThatThrownBy(() -> new Work(0, 1, Attention.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(largest, 0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
