package org.alluvium.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Update;
import org.junit.jupiter.api.Test;

/**
 * What a step leaves on the heap. Code that is not compiled yet leaves more, so the least of many steps counts: those are
 * taken until none has left less for a long while. They are taken in a process that has done nothing else, as training is:
 * where loops have seen the memory and the types of other tests, the compiler leaves vectors on the heap.
 */
class StepGarbageIT {

    private static final int PATIENCE = 300; // steps
    private static final int ROWS = 2;
    private static final int CONTEXT = 32;

    private static final ThreadMXBean HEAP = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aStepLeavesNoMoreOfALargerModelAndNoMoreInTheLongRun() throws IOException, InterruptedException {
        long[] left = ofAFreshProcess();
        assertThat(left).hasSize(3);
        assertThat(left[1]).as("bytes of a model of ten times the size").isLessThan(left[0] + left[0] / 4);
        assertThat(left[2]).as("bytes of the small model once more").isLessThan(left[0] + left[0] / 4);
    }

    private static long[] ofAFreshProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StepGarbageIT.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().mapToLong(Long::parseLong).toArray();
    }

    /** Prints what a step leaves of a small model, of a large one, and of the small one again. */
    public static void main(String[] args) {
        IntStream.of(1, 4, 1).forEach(factor -> System.out.println(least(shape(factor))));
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
