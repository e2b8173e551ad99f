package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** SwiGLU over a range of rows; a row of {@code gateUp} is F gates, then F ups. */
final class SwiGluKernel {

    private final MemorySegment gateUp; // (N,2F)
    private final int hidden;
    private final int bound;
    private final VectorMask<Float> tail;

    SwiGluKernel(CpuTensor gateUp, int hidden) {
        this.gateUp = gateUp.segment();
        this.hidden = hidden;
        bound = Lanes.bound(hidden);
        tail = Lanes.first(hidden - bound);
    }

    void forward(MemorySegment output, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * hidden;
            for (int f = 0; f < bound; f += Lanes.COUNT) {
                FloatVector gate = Lanes.load(gateUp, 2 * row + f);
                FloatVector up = Lanes.load(gateUp, 2 * row + hidden + f);
                Lanes.store(gate.mul(sigmoid(gate)).mul(up), output, row + f);
            }
            if (bound < hidden) {
                FloatVector gate = Lanes.load(gateUp, 2 * row + bound, tail);
                FloatVector up = Lanes.load(gateUp, 2 * row + hidden + bound, tail);
                Lanes.store(gate.mul(sigmoid(gate)).mul(up), output, row + bound, tail);
            }
        }
    }

    void backward(MemorySegment gateUpGradient, MemorySegment outputGradient, int from, int to) {
        for (int n = from; n < to; n++) {
            long row = (long) n * hidden;
            for (int f = 0; f < bound; f += Lanes.COUNT) {
                FloatVector gate = Lanes.load(gateUp, 2 * row + f);
                FloatVector sigmoid = sigmoid(gate);
                FloatVector dOut = Lanes.load(outputGradient, row + f);
                FloatVector up = Lanes.load(gateUp, 2 * row + hidden + f);
                Lanes.store(slope(gate, sigmoid).mul(up).mul(dOut), gateUpGradient, 2 * row + f);
                Lanes.store(gate.mul(sigmoid).mul(dOut), gateUpGradient, 2 * row + hidden + f);
            }
            if (bound < hidden) {
                FloatVector gate = Lanes.load(gateUp, 2 * row + bound, tail);
                FloatVector sigmoid = sigmoid(gate);
                FloatVector dOut = Lanes.load(outputGradient, row + bound, tail);
                FloatVector up = Lanes.load(gateUp, 2 * row + hidden + bound, tail);
                Lanes.store(slope(gate, sigmoid).mul(up).mul(dOut), gateUpGradient, 2 * row + bound, tail);
                Lanes.store(gate.mul(sigmoid).mul(dOut), gateUpGradient, 2 * row + hidden + bound, tail);
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
