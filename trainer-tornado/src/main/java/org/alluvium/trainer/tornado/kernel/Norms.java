package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** RMSNorm of rows; the width is C. */
final class Norms {

    private Norms() {}

    /** Arguments: input (N,C), weight (C), inverseRms (N), output (N,C); epsilon; an item is a row. */
    static void rmsNorm(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int input = arguments.get(at);
        int weight = arguments.get(at + 1);
        int inverseRms = arguments.get(at + 2);
        int output = arguments.get(at + 3);
        float epsilon = reals.get(realAt);
        for (@Parallel int n = 0; n < items; n++) {
            int row = n * width;
            float squares = 0;
            for (int c = 0; c < width; c++) {
                float value = memory.get(input + row + c);
                squares += value * value;
            }
            float r = 1 / TornadoMath.sqrt(squares / width + epsilon);
            memory.set(inverseRms + n, r);
            for (int c = 0; c < width; c++) {
                float normed = memory.get(input + row + c) * r * memory.get(weight + c);
                memory.set(output + row + c, normed);
            }
        }
    }

    /** Arguments: input (N,C), weight (C), inverseRms (N), dInput (N,C), dOutput (N,C); an item is a row. */
    static void rmsNormInput(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int input = arguments.get(at);
        int weight = arguments.get(at + 1);
        int inverseRms = arguments.get(at + 2);
        int dInput = arguments.get(at + 3);
        int dOutput = arguments.get(at + 4);
        for (@Parallel int n = 0; n < items; n++) {
            int row = n * width;
            float r = memory.get(inverseRms + n);
            float dot = 0;
            for (int c = 0; c < width; c++) {
                dot += memory.get(dOutput + row + c) * memory.get(weight + c) * memory.get(input + row + c);
            }
            float shrink = dot * r * r * r / width;
            for (int c = 0; c < width; c++) {
                float direct = memory.get(dOutput + row + c) * memory.get(weight + c) * r;
                float change = direct - shrink * memory.get(input + row + c);
                memory.set(dInput + row + c, memory.get(dInput + row + c) + change);
            }
        }
    }

    /**
     * Arguments: input (N,C), inverseRms (N), sums (strands,C), dOutput (N,C), N; an item is one of (strands,C), and sums every so
     * many-th row; the depth is how many strands there are.
     */
    static void rmsNormWeight(
            FloatArray memory,
            IntArray numbers,
            IntArray arguments,
            FloatArray reals,
            int at,
            int realAt,
            int items,
            int width,
            int depth) {
        int input = arguments.get(at);
        int inverseRms = arguments.get(at + 1);
        int sums = arguments.get(at + 2);
        int dOutput = arguments.get(at + 3);
        int rows = arguments.get(at + 4);
        for (@Parallel int i = 0; i < items; i++) {
            float sum = 0;
            for (int n = i / width; n < rows; n += depth) {
                int place = n * width + i % width;
                sum += memory.get(dOutput + place) * memory.get(input + place) * memory.get(inverseRms + n);
            }
            memory.set(sums + i, sum);
        }
    }

    /** Arguments: to (width), sums (strands,width), to which they are added in their order; the depth is how many there are. */
    static void addStrands(
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
        int sums = arguments.get(at + 1);
        for (@Parallel int i = 0; i < items; i++) {
            float sum = memory.get(to + i);
            for (int strand = 0; strand < depth; strand++) {
                sum += memory.get(sums + strand * width + i);
            }
            memory.set(to + i, sum);
        }
    }
}
