package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.DeviceInfo;

/** How matrix products are computed. */
enum ProductMethod {
    /** A dot product per element: for shapes that nothing else pays for, and for devices of no known kind. */
    LOOPS,
    /** In registers, from a packed operand: for CPUs. */
    PACKED,
    /** In local memory: for GPUs. */
    TILED;

    private static final int WORTH_PACKING = 4; // rows that share what was packed
    private static final int WORTH_A_TILE = 16; // rows or columns, of 64

    /** The fastest for an output of this shape, as far as was measured. A pure function. */
    static ProductMethod choose(DeviceInfo.Type type, int rows, int columns) {
        return switch (type) {
            case CPU -> rows >= WORTH_PACKING ? PACKED : LOOPS;
            case GPU -> rows >= WORTH_A_TILE && columns >= WORTH_A_TILE ? TILED : LOOPS;
            case OTHER -> LOOPS;
        };
    }
}
