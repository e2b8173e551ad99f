package org.alluvium.trainer.tornado.device;

import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels as the plain Java that they are, on one thread: to test their arithmetic where there is no device. */
public final class PlainDevice implements Device {

    private FloatArray memory = new FloatArray(1);
    private IntArray numbers = new IntArray(1);

    @Override
    public String name() {
        return "plain Java";
    }

    @Override
    public void grow(int elements, int count) {
        if (elements > memory.getSize()) {
            memory = grown(memory, elements);
        }
        if (count > numbers.getSize()) {
            numbers = grown(numbers, count);
        }
    }

    static FloatArray grown(FloatArray old, int size) {
        FloatArray larger = new FloatArray(size);
        larger.getSegment().copyFrom(old.getSegment());
        return larger;
    }

    static IntArray grown(IntArray old, int size) {
        IntArray larger = new IntArray(size);
        larger.getSegment().copyFrom(old.getSegment());
        return larger;
    }

    @Override
    public void write(int offset, float[] source, int count) {
        for (int i = 0; i < count; i++) {
            memory.set(offset + i, source[i]);
        }
    }

    @Override
    public void write(int offset, int[] source, int count) {
        for (int i = 0; i < count; i++) {
            numbers.set(offset + i, source[i]);
        }
    }

    @Override
    public void read(int offset, float[] destination, int count) {
        for (int i = 0; i < count; i++) {
            destination[i] = memory.get(offset + i);
        }
    }

    @Override
    public void run(List<Step> program, int[] arguments) {
        IntArray all = IntArray.fromArray(arguments);
        int at = 0;
        for (Step step : program) {
            step.kernel().code().apply(memory, numbers, all, at, step.items(), step.width(), step.depth());
            at += step.arguments();
        }
    }

    @Override
    public void close() {
        // memory goes with its last reference
    }
}
