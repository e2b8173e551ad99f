package org.alluvium.trainer.backend.cpu.product;

import java.lang.foreign.Arena;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/**
 * Measures the peak that MFU refers to: the team multiplies 512 rows a thread by a 512 x 512 weight, in the type and by the
 * code that linear layers use, out of its caches. The best of {@value #ROUNDS} rounds counts, since others may use the machine
 * meanwhile. A peak by what the library reaches rather than by clock and instruction set, which virtual machines hide.
 */
public final class Calibration {

    private static final int SIZE = 512;
    private static final int PRODUCTS = 32;
    private static final int ROUNDS = 5;

    private final MatrixLibrary library;
    private final WorkTeam team;

    public Calibration(MatrixLibrary library, WorkTeam team) {
        this.library = library;
        this.team = team;
    }

    /** Floating-point operations per second of the whole team. */
    public double measure() {
        LinearShape shape = new LinearShape(SIZE * team.threads(), SIZE, SIZE);
        try (Arena arena = Arena.ofShared()) {
            LinearProducts products = library.linear(team, arena);
            ElementType type = products.activations();
            CpuTensor input = CpuTensor.allocate(arena, (long) shape.rows() * SIZE, type);
            CpuTensor output = CpuTensor.allocate(arena, (long) shape.rows() * SIZE, type);
            CpuTensor master = CpuTensor.allocate(arena, (long) SIZE * SIZE, ElementType.F32);
            Weight weight = products.weight(master, SIZE, SIZE, false);
            long best = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int product = 0; product < PRODUCTS; product++) {
                    products.linear(output, input, weight, shape, false);
                }
                best = Math.min(best, System.nanoTime() - start);
            }
            return (double) shape.flops() * PRODUCTS / best * 1e9;
        }
    }
}
