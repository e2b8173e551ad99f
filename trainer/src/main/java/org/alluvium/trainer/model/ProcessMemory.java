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
     * without everything else in the plan: 289, 282 and 266 MiB for models of 1, 3 and 7 million parameters
     * ({@code bench/run.sh MemoryBenchmark}, 2026-11-22, 2 threads). 64 of it are the young generation, whose size the options
     * fix, since it would grow with the machine's memory otherwise.
     */
    private static final long JAVA_BYTES = 275L << 20;

    /** Arrays of the size of the largest parameter: values on their way into a model that starts, and into its copy. */
    private static final long BUFFERS = 2;

    static ProcessMemory of(ParameterLayout layout, TrainingSetup setup, long copyBytes) {
        long weights =
                layout.parameters().stream().mapToLong(ParameterInfo::size).sum();
        long largest = layout.parameters().stream()
                .mapToLong(ParameterInfo::size)
                .max()
                .orElseThrow();
        long staged = setup.learns() ? weights + OptimizerState.remembered(layout, setup) : 0;
        return new ProcessMemory(
                ElementType.F32.bytes() * staged, copyBytes, JAVA_BYTES + BUFFERS * ElementType.F32.bytes() * largest);
    }

    public long totalBytes() {
        return stagingBytes + copyBytes + javaBytes;
    }

    /** As the end of a list, in MiB. */
    String words() {
        return (stagingBytes > 0 ? ", checkpoint " + MemoryPlan.mib(stagingBytes) : "")
                + (copyBytes > 0 ? ", evaluated copy " + MemoryPlan.mib(copyBytes) : "")
                + ", Java " + MemoryPlan.mib(javaBytes);
    }
}
