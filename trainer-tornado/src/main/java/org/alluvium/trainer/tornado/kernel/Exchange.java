package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What comes in from the host and goes out to it, as arguments: so that the memory itself never moves. */
final class Exchange {

    private Exchange() {}

    /** Arguments: to; values. */
    static void receive(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int to = arguments.get(at);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(to + i, reals.get(realAt + i));
        }
    }

    /** Arguments: to, values. */
    static void receiveNumbers(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int to = arguments.get(at);
        for (@Parallel int i = 0; i < items; i++) {
            numbers.set(to + i, arguments.get(at + 1 + i));
        }
    }

    /** Arguments: source; values, which are written. */
    static void send(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int source = arguments.get(at);
        for (@Parallel int i = 0; i < items; i++) {
            reals.set(realAt + i, memory.get(source + i));
        }
    }
}
