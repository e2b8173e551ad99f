package org.alluvium.trainer.tornado.device;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels as the plain Java that they are, on one thread: what a device's results are compared with. */
public final class PlainDevice implements Device {

    private FloatArray memory = new FloatArray(1);
    private IntArray numbers = new IntArray(1);

    @Override
    public String name() {
        return "plain Java";
    }

    @Override
    public Optional<DeviceInfo> description() {
        return Optional.empty();
    }

    @Override
    public Optional<DeviceMemory> memory() {
        return Optional.empty();
    }

    @Override
    public void grow(int elements, int count) {
        if (elements > memory.getSize()) {
            FloatArray larger = new FloatArray(elements);
            larger.getSegment().copyFrom(memory.getSegment());
            memory = larger;
        }
        if (count > numbers.getSize()) {
            IntArray larger = new IntArray(count);
            larger.getSegment().copyFrom(numbers.getSegment());
            numbers = larger;
        }
    }

    @Override
    public MemorySegment run(List<Step> program, MemorySegment arguments, MemorySegment reals) {
        IntArray integers = IntArray.fromSegment(arguments);
        FloatArray floats = FloatArray.fromSegment(reals);
        int at = 0;
        int realAt = 0;
        for (Step step : program) {
            Extent extent = step.extent();
            step.kernel()
                    .loop()
                    .method()
                    .apply(
                            memory,
                            numbers,
                            integers,
                            floats,
                            at,
                            realAt,
                            extent.items(),
                            extent.width(),
                            extent.depth());
            at += step.arguments();
            realAt += step.reals();
        }
        return floats.getSegment();
    }

    @Override
    public void close() {
        // memory goes with its last reference
    }
}
