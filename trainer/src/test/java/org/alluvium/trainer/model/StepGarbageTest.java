package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.api.Test;

/**
 * What a step leaves on the heap. Code that is not compiled yet leaves more, so the least of many steps counts: those are
 * taken until none has left less for a long while.
 */
class StepGarbageTest {

    private static final int PATIENCE = 300; // steps
    private static final int ROWS = 2;
    private static final int CONTEXT = 32;

    private static final ThreadMXBean HEAP = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aStepLeavesNoMoreOfALargerModelAndNoMoreInTheLongRun() {
        long small = least(shape(1));
        long large = least(shape(4));
        assertThat(large).as("bytes of a model of ten times the size").isLessThan(small + small / 4);
        assertThat(least(shape(1))).as("bytes of the small model once more").isLessThan(small + small / 4);
    }

    /** As many layers, heads and tokens; everything else wider. */
    private static ModelShape shape(int factor) {
        return new ModelShape(250 * factor, CONTEXT, 2, 64 * factor, 2, 2, 96 * factor, 10_000, 1e-5, true);
    }

    private static long least(ModelShape shape) {
        int[] ids = IntStream.range(0, ROWS * CONTEXT)
                .map(n -> n * 7 % shape.vocabulary())
                .toArray();
        Batch batch = new Batch(ROWS, CONTEXT, ids, ids, new int[ids.length]);
        float[] losses = new float[ids.length];
        try (Transformer model = new Transformer(shape, ROWS, new CpuProvider().open(1, TrainConfig.Precision.AUTO))) {
            model.initialize(1);
            long least = Long.MAX_VALUE;
            int since = 0;
            for (int step = 1; since < PATIENCE; step++) {
                long before = HEAP.getCurrentThreadAllocatedBytes();
                model.accumulateGradients(batch, 1f / ids.length, losses);
                model.gradientNorm();
                model.update(new Update(step, 1, new AdamW(1e-3, 0.9, 0.95, 1e-8, 0.1)));
                long left = HEAP.getCurrentThreadAllocatedBytes() - before;
                since = left < least ? 0 : since + 1;
                least = Math.min(least, left);
            }
            return least;
        }
    }
}
