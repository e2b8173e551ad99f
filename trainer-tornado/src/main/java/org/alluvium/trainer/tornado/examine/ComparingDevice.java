package org.alluvium.trainer.tornado.examine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.device.PlainDevice;
import org.alluvium.trainer.tornado.device.Step;
import org.alluvium.trainer.tornado.kernel.Kernel;

/**
 * Runs every step on a device and as plain Java, each alone, compares all that both have in memory then, and goes on with what
 * plain Java computed: so an error is that of one kernel, and none hides another. Integers are compared by what is computed
 * with them. Closing it leaves the device open.
 */
final class ComparingDevice implements Device {

    private final Device device;
    private final Tally tally;
    private final PlainDevice plain = new PlainDevice();
    private int elements;

    ComparingDevice(Device device, Tally tally) {
        this.device = device;
        this.tally = tally;
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public Optional<DeviceInfo> description() {
        return device.description();
    }

    @Override
    public Optional<DeviceMemory> memory() {
        return device.memory();
    }

    @Override
    public void grow(int newElements, int numbers) {
        device.grow(newElements, numbers);
        plain.grow(newElements, numbers);
        if (newElements > elements) {
            elements = newElements;
            write(device, contents(plain)); // another backend may have left its numbers there
        }
    }

    @Override
    public MemorySegment run(List<Step> program, MemorySegment arguments, MemorySegment reals) {
        float[] sent = new float[0];
        long at = 0;
        long realAt = 0;
        for (Step step : program) {
            long ints = (long) step.arguments() * Integer.BYTES;
            long floats = (long) step.reals() * Float.BYTES;
            float[] sentByStep = compare(step, arguments.asSlice(at, ints), reals.asSlice(realAt, floats));
            sent = append(sent, sentByStep);
            at += ints;
            realAt += floats;
        }
        return MemorySegment.ofArray(sent);
    }

    private float[] compare(Step step, MemorySegment arguments, MemorySegment reals) {
        float[] before = contents(plain);
        float[] expected = run(plain, step, arguments, reals);
        float[] after = contents(plain);
        try {
            float[] got = run(device, step, arguments, reals);
            Difference difference = new Difference();
            difference.add(before, after, contents(device));
            difference.add(floats(reals), expected, got);
            tally.compared(step.kernel(), difference.relative());
        } catch (RuntimeException | LinkageError e) { // what a compiler or driver throws is the finding
            tally.failed(step.kernel(), e);
        }
        write(device, after);
        return expected;
    }

    private static float[] run(Device where, Step step, MemorySegment arguments, MemorySegment reals) {
        return floats(where.run(List.of(step), arguments, reals));
    }

    private float[] contents(Device where) {
        Step step = new Step(Kernel.SEND, Extent.of(elements), 1, elements);
        MemorySegment all = MemorySegment.ofArray(new float[elements]);
        return floats(where.run(List.of(step), MemorySegment.ofArray(new int[] {0}), all));
    }

    private static void write(Device where, float[] memory) {
        Step step = new Step(Kernel.RECEIVE, Extent.of(memory.length), 1, memory.length);
        where.run(List.of(step), MemorySegment.ofArray(new int[] {0}), MemorySegment.ofArray(memory));
    }

    private static float[] floats(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_FLOAT);
    }

    private static float[] append(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public void close() {
        plain.close();
    }
}
