package org.alluvium.trainer.model;

import org.alluvium.trainer.backend.ElementType;

/**
 * What a process takes beside a model and its backend.
 *
 * @param stagingBytes where the checkpointer copies weights and what the optimizer remembers
 * @param copyBytes the copy of the weights that is evaluated in the background, with its backend
 * @param javaBytes the heap and the virtual machine
 */
public record ProcessMemory(long stagingBytes, long copyBytes, long javaBytes) {

    static final ProcessMemory NONE = new ProcessMemory(0, 0, 0);

    /**
     * The virtual machine and its heap, with {@code bin/jvm/train.options}. Measured, as what is left of a process's peak
     * without everything else in the plan: 289, 288, 289 and 286 MiB for models of 1, 1, 7 and 124 million parameters
     * ({@code bench/run.sh scaling.ScalingBenchmark}, 2026-11-22, 2 threads). 64 of it are the young generation, whose size
     * the options fix, since it would grow with the machine's memory otherwise.
     */
    private static final long JAVA_BYTES = 288L << 20;

    static ProcessMemory of(ParameterLayout layout, TrainingSetup setup, long copyBytes) {
        long weights =
                layout.parameters().stream().mapToLong(ParameterInfo::size).sum();
        long staged = setup.learns() ? weights + OptimizerState.remembered(layout, setup) : 0;
        return new ProcessMemory(ElementType.F32.bytes() * staged, copyBytes, JAVA_BYTES);
    }

    public long totalBytes() {
        return stagingBytes + copyBytes + javaBytes;
    }

    /** As a list, in MiB. */
    String words() {
        return (stagingBytes > 0 ? "checkpoint " + MemoryPlan.mib(stagingBytes) + ", " : "")
                + (copyBytes > 0 ? "evaluated copy " + MemoryPlan.mib(copyBytes) + ", " : "")
                + "Java " + MemoryPlan.mib(javaBytes);
    }
}
