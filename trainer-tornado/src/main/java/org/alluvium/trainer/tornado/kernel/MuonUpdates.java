package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The parts of a Muon update that are not matrix products. */
final class MuonUpdates {

    private MuonUpdates() {}

    /** Arguments: u, momentum, gradients, squared norm, nesterov; maxNorm, share, 1 - share; an item is an element. */
    static void momentum(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int u = arguments.get(at);
        int moments = arguments.get(at + 1);
        int gradients = arguments.get(at + 2);
        float clip = Updates.clipFactor(memory.get(arguments.get(at + 3)), reals.get(realAt));
        float share = reals.get(realAt + 1);
        float rest = reals.get(realAt + 2);
        int nesterov = arguments.get(at + 4);
        for (@Parallel int i = 0; i < items; i++) {
            float gradient = memory.get(gradients + i) * clip;
            float moment = share * memory.get(moments + i) + rest * gradient;
            memory.set(moments + i, moment);
            memory.set(u + i, nesterov == 1 ? share * moment + rest * gradient : moment);
        }
    }

    /** Arguments: x, squared norm of x; epsilon; divides x by its norm. */
    static void scale(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int x = arguments.get(at);
        float norm = TornadoMath.sqrt(memory.get(arguments.get(at + 1))) + reals.get(realAt);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(x + i, memory.get(x + i) / norm);
        }
    }

    /** Arguments: squared (to), gram; a, b, c: {@code squared = a I + b gram + c squared}; the width is that of a row. */
    static void polynomial(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int squared = arguments.get(at);
        int gram = arguments.get(at + 1);
        float a = reals.get(realAt);
        float b = reals.get(realAt + 1);
        float c = reals.get(realAt + 2);
        for (@Parallel int i = 0; i < items; i++) {
            float diagonal = i / width == i % width ? a : 0f;
            memory.set(squared + i, diagonal + b * memory.get(gram + i) + c * memory.get(squared + i));
        }
    }

    /** Arguments: weights, x, cautious; keep, rate; an item is a weight. */
    static void apply(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int weights = arguments.get(at);
        int x = arguments.get(at + 1);
        float keep = reals.get(realAt);
        float rate = reals.get(realAt + 1);
        int cautious = arguments.get(at + 2);
        for (@Parallel int i = 0; i < items; i++) {
            float weight = memory.get(weights + i);
            float change = memory.get(x + i);
            float kept = cautious == 1 && weight * change < 0 ? 1f : keep;
            memory.set(weights + i, weight * kept - rate * change);
        }
    }
}
