package org.alluvium.trainer.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.cpu.lanes.Elements;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;

/** SwiGLU over a range of rows; a row of {@code gateUp} is F gates, then F ups. */
final class SwiGluKernel {

    private static final int PIECE = 1024; // elements of a row at a time, so that scratch stays in the first cache

    /** Floats of scratch memory that {@link #backward} takes. */
    static final int SCRATCH = 2 * PIECE;

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

    /**
     * Three short loops over a piece of a row: one that does it all runs out of registers, at more than three times the cost.
     *
     * @param scratch of {@link #SCRATCH} elements, for this thread alone
     */
    void backward(Elements gateUpGradient, Elements outputGradient, float[] scratch, int from, int to) {
        for (int n = from; n < to; n++) {
            for (int f = 0; f < hidden; f += PIECE) {
                int count = Math.min(PIECE, hidden - f);
                long gates = 2L * n * hidden + f;
                long outputs = (long) n * hidden + f;
                activate(gates, count, scratch);
                gradientOfUps(gateUpGradient, gates + hidden, outputGradient, outputs, count, scratch);
                gradientOfGates(gateUpGradient, gates, outputGradient, outputs, count, scratch);
            }
        }
    }

    /** Fills silu, and behind it the derivative of silu: sigmoid + silu * (1 - sigmoid). */
    private void activate(long gates, int count, float[] scratch) {
        int whole = Lanes.bound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            activate(gateUp.load(gates + i), i, scratch);
        }
        if (whole < count) {
            activate(gateUp.load(gates + whole, tail), whole, scratch);
        }
    }

    private static void activate(FloatVector gate, int at, float[] scratch) {
        FloatVector sigmoid = sigmoid(gate);
        FloatVector silu = gate.mul(sigmoid);
        silu.intoArray(scratch, at);
        silu.neg().fma(sigmoid, silu).add(sigmoid).intoArray(scratch, PIECE + at);
    }

    private void gradientOfUps(
            Elements gradient, long ups, Elements outputGradient, long outputs, int count, float[] scratch) {
        int whole = Lanes.bound(count);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector silu = FloatVector.fromArray(Lanes.SPECIES, scratch, i);
            gradient.store(silu.mul(outputGradient.load(outputs + i)), ups + i);
        }
        if (whole < count) {
            FloatVector silu = FloatVector.fromArray(Lanes.SPECIES, scratch, whole);
            gradient.store(silu.mul(outputGradient.load(outputs + whole, tail)), ups + whole, tail);
        }
    }

    private void gradientOfGates(
            Elements gradient, long gates, Elements outputGradient, long outputs, int count, float[] scratch) {
        int whole = Lanes.bound(count);
        long ups = gates + hidden;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, scratch, PIECE + i);
            FloatVector dOut = outputGradient.load(outputs + i);
            gradient.store(slope.mul(gateUp.load(ups + i)).mul(dOut), gates + i);
        }
        if (whole < count) {
            FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, scratch, PIECE + whole);
            FloatVector dOut = outputGradient.load(outputs + whole, tail);
            gradient.store(slope.mul(gateUp.load(ups + whole, tail)).mul(dOut), gates + whole, tail);
        }
    }

    private static FloatVector sigmoid(FloatVector x) {
        return Lanes.broadcast(1f).div(Lanes.exp(x.neg()).add(1f));
    }
}
