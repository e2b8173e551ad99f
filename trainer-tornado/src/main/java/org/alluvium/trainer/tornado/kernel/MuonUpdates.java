package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The parts of a Muon update that are not matrix products. */
final class MuonUpdates {

    private MuonUpdates() {}

    /** Arguments: u, momentum, gradients, squared norm, maxNorm, share, 1 - share, nesterov; an item is an element. */
    static void momentum(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int u = arguments.get(at);
        int moments = arguments.get(at + 1);
        int gradients = arguments.get(at + 2);
        float clip = Updates.clipFactor(memory.get(arguments.get(at + 3)), Scalars.real(arguments, at + 4));
        float share = Scalars.real(arguments, at + 5);
        float rest = Scalars.real(arguments, at + 6);
        int nesterov = arguments.get(at + 7);
        for (@Parallel int i = 0; i < items; i++) {
            float gradient = memory.get(gradients + i) * clip;
            float moment = share * memory.get(moments + i) + rest * gradient;
            memory.set(moments + i, moment);
            memory.set(u + i, nesterov == 1 ? share * moment + rest * gradient : moment);
        }
    }

    /** Arguments: x, squared norm of x, epsilon; divides x by its norm. */
    static void scale(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int x = arguments.get(at);
        float norm = TornadoMath.sqrt(memory.get(arguments.get(at + 1))) + Scalars.real(arguments, at + 2);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(x + i, memory.get(x + i) / norm);
        }
    }

    /** Arguments: squared (to), gram, a, b, c: {@code squared = a I + b gram + c squared}; the width is that of a row. */
    static void polynomial(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int squared = arguments.get(at);
        int gram = arguments.get(at + 1);
        float a = Scalars.real(arguments, at + 2);
        float b = Scalars.real(arguments, at + 3);
        float c = Scalars.real(arguments, at + 4);
        for (@Parallel int i = 0; i < items; i++) {
            float diagonal = i / width == i % width ? a : 0f;
            memory.set(squared + i, diagonal + b * memory.get(gram + i) + c * memory.get(squared + i));
        }
    }

    /** Arguments: weights, x, keep, rate, cautious; an item is a weight. */
    static void apply(
            FloatArray memory, IntArray numbers, IntArray arguments, int at, int items, int width, int depth) {
        int weights = arguments.get(at);
        int x = arguments.get(at + 1);
        float keep = Scalars.real(arguments, at + 2);
        float rate = Scalars.real(arguments, at + 3);
        int cautious = arguments.get(at + 4);
        for (@Parallel int i = 0; i < items; i++) {
            float weight = memory.get(weights + i);
            float change = memory.get(x + i);
            float kept = cautious == 1 && weight * change < 0 ? 1f : keep;
            memory.set(weights + i, weight * kept - rate * change);
        }
    }
}
