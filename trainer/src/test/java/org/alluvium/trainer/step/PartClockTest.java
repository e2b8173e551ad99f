package org.alluvium.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.trainer.model.StepPart;
import org.junit.jupiter.api.Test;

class PartClockTest {

    private final AtomicLong now = new AtomicLong(1000);
    private final PartClock clock = new PartClock(now::get);

    @Test
    void partsOfAllMicroBatchesAddUp() {
        clock.reset();
        for (int micro = 0; micro < 2; micro++) {
            after(3, StepPart.FORWARD);
            after(5, StepPart.OUTPUT);
            after(7, StepPart.BACKWARD);
        }
        after(1, StepPart.UPDATE);
        now.addAndGet(100); // somebody thinks
        clock.start();
        after(2, StepPart.UPDATE);

        assertThat(clock.nanos())
                .isEqualTo(Map.of(
                        StepPart.FORWARD, 6L, StepPart.OUTPUT, 10L, StepPart.BACKWARD, 14L, StepPart.UPDATE, 3L));
        clock.reset();
        assertThat(clock.nanos()).isEmpty();
    }

    @Test
    void aModelThatDoesNotTellItsPartsApartHasNone() {
        clock.reset();
        after(7, StepPart.BACKWARD);
        assertThat(clock.nanos()).isEmpty();
    }

    private void after(long nanos, StepPart part) {
        now.addAndGet(nanos);
        clock.over(part);
    }
}
