package org.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void aLongCurveIsThinnedOutEvenly() {
        Curve curve = new Curve();
        LongStream.rangeClosed(1, 100_000).forEach(step -> curve.put(step, -(double) step));
        assertThat(curve.values()).hasSizeBetween(2000, 4097).isSortedAccordingTo(Comparator.reverseOrder());
    }
}
