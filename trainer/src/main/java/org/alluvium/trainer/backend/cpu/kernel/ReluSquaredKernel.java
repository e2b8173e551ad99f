package org.alluvium.trainer.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;

/** The square of ReLU over a range of elements. */
final class ReluSquaredKernel {

    private ReluSquaredKernel() {}

    static void forward(Elements output, Elements input, long from, long to) {
        long i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector positive = input.load(i).max(0);
            output.store(positive.mul(positive), i);
        }
        if (i < to) {
            VectorMask<Float> rest = Lanes.first((int) (to - i));
            FloatVector positive = input.load(i, rest).max(0);
            output.store(positive.mul(positive), i, rest);
        }
    }

    static void backward(Elements inputGradient, Elements outputGradient, Elements input, long from, long to) {
        long i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector slope = input.load(i).max(0).mul(2);
            inputGradient.store(outputGradient.load(i).mul(slope), i);
        }
        if (i < to) {
            VectorMask<Float> rest = Lanes.first((int) (to - i));
            FloatVector slope = input.load(i, rest).max(0).mul(2);
            inputGradient.store(outputGradient.load(i, rest).mul(slope), i, rest);
        }
    }
}
