package org.alluvium.bench.operation;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has spent.
 *
 * @param nanos of time
 * @param cpuNanos of all its threads, also those of a driver
 * @param heapBytes that all threads have allocated
 */
record Spent(long nanos, long cpuNanos, long heapBytes) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static final Spent NOTHING = new Spent(0, 0, 0);

    static Spent untilNow() {
        return new Spent(System.nanoTime(), SYSTEM.getProcessCpuTime(), THREADS.getTotalThreadAllocatedBytes());
    }

    Spent since(Spent before) {
        return new Spent(nanos - before.nanos, cpuNanos - before.cpuNanos, heapBytes - before.heapBytes);
    }
}
