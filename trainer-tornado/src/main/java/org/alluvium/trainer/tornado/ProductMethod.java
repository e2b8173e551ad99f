package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.DeviceInfo;

/** How matrix products are computed. */
enum ProductMethod {
    /** A dot product per element: for shapes that nothing else pays for, and for devices of no known kind. */
    LOOPS,
    /** In registers, from a packed operand: for CPUs. */
    PACKED,
    /** In local memory: for GPUs. */
    TILED,
    /** By cuBLAS, if that was asked for: for GPUs of NVIDIA. */
    LIBRARY;

    private static final int WORTH_PACKING = 4; // rows that share what was packed
    private static final int WORTH_A_TILE = 16; // rows or columns, of 64

    /**
     * The fastest for an output of this shape, as far as was measured. A pure function.
     *
     * @param library whether there is one, and it may be used
     */
    static ProductMethod choose(DeviceInfo.Type type, boolean library, int rows, int columns) {
        boolean large = rows >= WORTH_A_TILE && columns >= WORTH_A_TILE;
        return switch (type) {
            case CPU -> rows >= WORTH_PACKING ? PACKED : LOOPS;
            case GPU -> !large ? LOOPS : library ? LIBRARY : TILED;
            case OTHER -> LOOPS;
        };
    }
}
