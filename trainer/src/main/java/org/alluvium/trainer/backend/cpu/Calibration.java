package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/**
 * Measures the peak that MFU refers to: every thread multiplies its own 512 x 512 matrices, which stay in its cache, and
 * the best of {@value #ROUNDS} rounds counts, since others may use the machine meanwhile. A peak by what the library
 * reaches rather than by clock and instruction set, which virtual machines hide.
 */
final class Calibration {

    private static final int SIZE = 512;
    private static final int PRODUCTS = 32;
    private static final int ROUNDS = 5;

    private final WorkTeam team;
    private final Gemm[] gemms;

    Calibration(WorkTeam team, Gemm[] gemms) {
        this.team = team;
        this.gemms = gemms;
    }

    /** Floating-point operations per second of the whole team. */
    double measure() {
        int threads = team.threads();
        try (Arena arena = Arena.ofShared()) {
            Matrix[][] matrices = new Matrix[threads][3];
            for (Matrix[] own : matrices) {
                Arrays.setAll(own, i -> Matrix.of(CpuTensor.allocate(arena, (long) SIZE * SIZE), SIZE));
            }
            Extent extent = new Extent(SIZE, SIZE, SIZE);
            long best = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                team.run(threads * PRODUCTS, (tile, worker) -> {
                    Matrix[] own = matrices[worker];
                    gemms[worker].multiply(Form.NT, extent, 1f, own[0], own[1], 0f, own[2]);
                });
                best = Math.min(best, System.nanoTime() - start);
            }
            return 2.0 * SIZE * SIZE * SIZE * PRODUCTS * threads / best * 1e9;
        }
    }
}
