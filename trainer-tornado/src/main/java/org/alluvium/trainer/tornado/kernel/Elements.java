package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Operations on each element alone. */
final class Elements {

    private Elements() {}

    /** Arguments: to; value. */
    static void fill(
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
        float value = reals.get(realAt);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(to + i, value);
        }
    }

    /** Arguments: to, source. */
    static void copy(
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
        int source = arguments.get(at + 1);
        for (@Parallel int i = 0; i < items; i++) {
            memory.set(to + i, memory.get(source + i));
        }
    }

    /** Arguments: average, weights; share. */
    static void average(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int average = arguments.get(at);
        int weights = arguments.get(at + 1);
        float share = reals.get(realAt);
        for (@Parallel int i = 0; i < items; i++) {
            float old = memory.get(average + i);
            memory.set(average + i, old + share * (memory.get(weights + i) - old));
        }
    }

    /** Arguments: output, input. */
    static void reluSquared(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int output = arguments.get(at);
        int input = arguments.get(at + 1);
        for (@Parallel int i = 0; i < items; i++) {
            float positive = TornadoMath.max(0f, memory.get(input + i));
            memory.set(output + i, positive * positive);
        }
    }

    /** Arguments: dInput, dOutput, input. */
    static void reluSquaredBackward(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int dInput = arguments.get(at);
        int dOutput = arguments.get(at + 1);
        int input = arguments.get(at + 2);
        for (@Parallel int i = 0; i < items; i++) {
            float slope = 2 * TornadoMath.max(0f, memory.get(input + i));
            memory.set(dInput + i, slope * memory.get(dOutput + i));
        }
    }

    /** Arguments: output (N,F), gateUp (N,2F); the width is F. */
    static void swiGlu(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int output = arguments.get(at);
        int gateUp = arguments.get(at + 1);
        for (@Parallel int i = 0; i < items; i++) {
            int atGate = gateUp + i / width * 2 * width + i % width;
            float gate = memory.get(atGate);
            float value = gate / (1 + TornadoMath.exp(-gate)) * memory.get(atGate + width);
            memory.set(output + i, value);
        }
    }

    /** Arguments: dGateUp (N,2F), dOutput (N,F), gateUp (N,2F); the width is F. */
    static void swiGluBackward(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int dGateUp = arguments.get(at);
        int dOutput = arguments.get(at + 1);
        int gateUp = arguments.get(at + 2);
        for (@Parallel int i = 0; i < items; i++) {
            int place = i / width * 2 * width + i % width;
            float gate = memory.get(gateUp + place);
            float up = memory.get(gateUp + place + width);
            float dOut = memory.get(dOutput + i);
            float sigmoid = 1 / (1 + TornadoMath.exp(-gate));
            float dGate = dOut * up * sigmoid * (1 + gate * (1 - sigmoid));
            memory.set(dGateUp + place, dGate);
            memory.set(dGateUp + place + width, dOut * gate * sigmoid);
        }
    }
}
