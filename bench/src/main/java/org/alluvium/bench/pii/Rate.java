package org.alluvium.bench.pii;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** How fast one thread goes through texts. */
final class Rate {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARMING_PASSES = 8;
    private static final int PASSES = 4;

    private Rate() {}

    /** Millions of bytes of UTF-8 per second of CPU time of this thread, when warm. */
    static double of(List<String> texts, Consumer<String> work) {
        long bytes = texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        pass(texts, work, WARMING_PASSES);
        long before = THREADS.getCurrentThreadCpuTime();
        pass(texts, work, PASSES);
        return PASSES * bytes * 1e3 / (THREADS.getCurrentThreadCpuTime() - before);
    }

    private static void pass(List<String> texts, Consumer<String> work, int times) {
        for (int i = 0; i < times; i++) {
            texts.forEach(work);
        }
    }
}
