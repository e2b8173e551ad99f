package org.alluvium.trainer.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.tornado.device.Call;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.Step;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** Hands out the device's memory, and keeps calls until somebody looks at what came of them. */
final class Recorder implements AutoCloseable {

    private static final int LONGEST_PROGRAM = 200; // tasks; a graph takes 256
    private static final int ALIGNMENT = 16; // elements: a cache line, and what coalesced reads of a GPU begin at
    private static final int FIRST_ELEMENTS = 1 << 20; // so that what is small never moves

    private final Device device;
    private final List<Call> calls = new ArrayList<>();
    private int elements;
    private int numbers;

    Recorder(Device device) {
        this.device = device;
        device.grow(FIRST_ELEMENTS, FIRST_ELEMENTS);
    }

    String deviceName() {
        return device.name();
    }

    Region allocate(long size, ElementType type) {
        long end = elements + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (end > Integer.MAX_VALUE - ALIGNMENT) {
            throw new UnavailableException(
                    "a device holds at most 2^31 numbers, and more are asked for",
                    device.name(),
                    "Choose a smaller train.batch or model, or the CPU backend");
        }
        Region region = new Region(elements, Math.toIntExact(size), type);
        elements = (int) end;
        return region;
    }

    Numbers allocateNumbers(int size) {
        Numbers result = new Numbers(numbers, size);
        numbers = Math.addExact(numbers, size);
        return result;
    }

    /** Records a call. */
    void call(Kernel kernel, int items, int width, int depth, int... arguments) {
        calls.add(new Call(new Step(kernel, arguments.length, items, width, depth), arguments));
    }

    /** Runs what was recorded. */
    void flush() {
        device.grow(elements, numbers);
        for (int from = 0; from < calls.size(); from += LONGEST_PROGRAM) {
            List<Call> part = calls.subList(from, Math.min(calls.size(), from + LONGEST_PROGRAM));
            int[] arguments = part.stream()
                    .flatMapToInt(call -> IntStream.of(call.arguments()))
                    .toArray();
            device.run(part.stream().map(Call::step).toList(), arguments);
        }
        calls.clear();
    }

    void write(Region destination, float[] source, int count) {
        flush();
        float[] stored = source;
        if (destination.type() == ElementType.BF16) {
            stored = new float[count];
            for (int i = 0; i < count; i++) {
                stored[i] = destination.type().round(source[i]);
            }
        }
        device.write(destination.offset(), stored, count);
    }

    void write(Numbers destination, int[] source, int count) {
        flush();
        device.write(destination.offset(), source, count);
    }

    void read(Region source, float[] destination, int count) {
        flush();
        device.read(source.offset(), destination, count);
    }

    @Override
    public void close() {
        device.close();
    }
}
