package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rotary position embedding in place; the width is D. Not named as OpenCL names a function of its own. */
final class Rotation {

    private Rotation() {}

    /** Arguments: packed, table (T,D), starts (N), H, G, T; sign; an item is one of (N,H+G,D/2) pairs. */
    static void rotateHeads(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int packed = arguments.get(at);
        int table = arguments.get(at + 1);
        int starts = arguments.get(at + 2);
        int heads = arguments.get(at + 3);
        int kvHeads = arguments.get(at + 4);
        int context = arguments.get(at + 5);
        float sign = reals.get(realAt);
        int half = width / 2;
        for (@Parallel int i = 0; i < items; i++) {
            int pair = i % half;
            int head = i / half % (heads + kvHeads);
            int token = i / half / (heads + kvHeads);
            int angle = table + (token % context - numbers.get(starts + token)) * width + pair;
            int first = packed + (token * (heads + 2 * kvHeads) + head) * width + pair;
            float cos = memory.get(angle);
            float sin = sign * memory.get(angle + half);
            float x = memory.get(first);
            float y = memory.get(first + half);
            memory.set(first, x * cos - y * sin);
            memory.set(first + half, y * cos + x * sin);
        }
    }
}
