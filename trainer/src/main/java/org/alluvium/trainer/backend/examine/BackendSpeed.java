package org.alluvium.trainer.backend.examine;

import java.util.function.LongSupplier;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;

/**
 * What a backend achieves, measured in a few seconds.
 *
 * @param flopsPerSecond of a matrix product whose three dimensions are {@link #SIDE}
 * @param bytesPerSecond read and written by a copy of 64 MiB
 * @param launchSeconds of an operation on 16 numbers, one of many that are queued
 */
public record BackendSpeed(double flopsPerSecond, double bytesPerSecond, double launchSeconds) {

    /** Rows, columns and depth of the product. */
    public static final int SIDE = 1024;

    private static final int COPIED = 1 << 24; // elements
    private static final int TINY = 16;
    private static final int LAUNCHES = 100;
    private static final int RUNS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Measures it: the best of a few runs after one that compiles.
     *
     * @param backend takes memory for it that is free only when it is closed
     * @param nanoTime a clock in nanoseconds
     */
    public static BackendSpeed measure(Backend backend, LongSupplier nanoTime) {
        Stopwatch watch = new Stopwatch(backend, nanoTime);
        Tensor tiny = backend.allocate(TINY);
        Tensor one = backend.allocate(TINY);
        double reading = watch.seconds(one, () -> backend.clear(one));
        Tensor from = backend.allocate(COPIED);
        Tensor to = backend.allocate(COPIED);
        double copy = watch.seconds(one, () -> backend.copy(to, from, COPIED));
        Tensor master = backend.allocate((long) SIDE * SIDE);
        Tensor input = backend.allocate((long) SIDE * SIDE, backend.activations());
        Tensor output = backend.allocate((long) SIDE * SIDE);
        Weight weight = backend.weight(master, SIDE, SIDE, true);
        LinearShape shape = new LinearShape(SIDE, SIDE, SIDE);
        double product = watch.seconds(one, () -> backend.linear(output, input, weight, shape, false));
        double launches = watch.seconds(one, () -> {
            for (int i = 0; i < LAUNCHES; i++) {
                backend.clear(tiny);
            }
        });
        return new BackendSpeed(
                2.0 * SIDE * SIDE * SIDE / net(product, reading),
                2.0 * Float.BYTES * COPIED / net(copy, reading),
                net(launches, reading) / LAUNCHES);
    }

    /** What is left of a time without that of reading one number, which ends every measurement. */
    private static double net(double seconds, double reading) {
        return seconds > 2 * reading ? seconds - reading : seconds;
    }

    /** Times operations that may be queued: what follows them is read. */
    private record Stopwatch(Backend backend, LongSupplier nanoTime) {

        double seconds(Tensor sentinel, Runnable operations) {
            float[] read = new float[1];
            double best = Double.POSITIVE_INFINITY;
            for (int run = 0; run <= RUNS; run++) {
                long start = nanoTime.getAsLong();
                operations.run();
                backend.read(sentinel, read, 1);
                double seconds = (nanoTime.getAsLong() - start) / NANOS_PER_SECOND;
                best = run == 0 ? best : Math.min(best, seconds);
            }
            return best;
        }
    }
}
