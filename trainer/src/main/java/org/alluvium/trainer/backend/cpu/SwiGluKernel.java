package org.alluvium.trainer.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** SwiGLU over a range of rows; a row of {@code gateUp} is F gates, then F ups. */
final class SwiGluKernel {

    private final Elements gateUp; // (N,2F)
    private final int hidden;
    private final int bound;
    private final VectorMask<Float> tail;

    SwiGluKernel(Elements gateUp, int hidden) {
        this.gateUp = gateUp;
        this.hidden = hidden;
        bound = Lanes.bound(hidden);
        tail = Lanes.first(hidden - bound);
    }

    void forward(Elements output, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * hidden;
            for (int f = 0; f < bound; f += Lanes.COUNT) {
                FloatVector gate = gateUp.load(2 * row + f);
                FloatVector up = gateUp.load(2 * row + hidden + f);
                output.store(gate.mul(sigmoid(gate)).mul(up), row + f);
            }
            if (bound < hidden) {
                FloatVector gate = gateUp.load(2 * row + bound, tail);
                FloatVector up = gateUp.load(2 * row + hidden + bound, tail);
                output.store(gate.mul(sigmoid(gate)).mul(up), row + bound, tail);
            }
        }
    }

    void backward(Elements gateUpGradient, Elements outputGradient, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * hidden;
            for (int f = 0; f < bound; f += Lanes.COUNT) {
                FloatVector gate = gateUp.load(2 * row + f);
                FloatVector sigmoid = sigmoid(gate);
                FloatVector dOut = outputGradient.load(row + f);
                FloatVector up = gateUp.load(2 * row + hidden + f);
                gateUpGradient.store(slope(gate, sigmoid).mul(up).mul(dOut), 2 * row + f);
                gateUpGradient.store(gate.mul(sigmoid).mul(dOut), 2 * row + hidden + f);
            }
            if (bound < hidden) {
                FloatVector gate = gateUp.load(2 * row + bound, tail);
                FloatVector sigmoid = sigmoid(gate);
                FloatVector dOut = outputGradient.load(row + bound, tail);
                FloatVector up = gateUp.load(2 * row + hidden + bound, tail);
                gateUpGradient.store(slope(gate, sigmoid).mul(up).mul(dOut), 2 * row + bound, tail);
                gateUpGradient.store(gate.mul(sigmoid).mul(dOut), 2 * row + hidden + bound, tail);
            }
        }
    }

    private static FloatVector sigmoid(FloatVector x) {
        return Lanes.broadcast(1f).div(Lanes.exp(x.neg()).add(1f));
    }

    /** The derivative of silu: sigmoid * (1 + x * (1 - sigmoid)). */
    private static FloatVector slope(FloatVector x, FloatVector sigmoid) {
        return Lanes.broadcast(1f).sub(sigmoid).fma(x, Lanes.broadcast(1f)).mul(sigmoid);
    }
}
