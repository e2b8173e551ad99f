package org.alluvium.trainer.tornado;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.trainer.backend.Traffic;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.device.Step;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** Calls in their order, until a device runs them. */
final class Tape {

    private final List<Step> steps = new ArrayList<>();
    private int[] arguments = new int[1 << 10];
    private float[] reals = new float[1 << 10];
    private int argumentsUsed;
    private int realsUsed;

    /** Adds a call. */
    void add(Kernel kernel, Extent extent, int[] argumentsOfCall, float[] realsOfCall) {
        int argumentsEnd = Math.addExact(argumentsUsed, argumentsOfCall.length);
        int realsEnd = Math.addExact(realsUsed, realsOfCall.length);
        if (argumentsEnd > arguments.length) {
            arguments = Arrays.copyOf(arguments, Math.multiplyExact(2, argumentsEnd));
        }
        if (realsEnd > reals.length) {
            reals = Arrays.copyOf(reals, Math.multiplyExact(2, realsEnd));
        }
        System.arraycopy(argumentsOfCall, 0, arguments, argumentsUsed, argumentsOfCall.length);
        System.arraycopy(realsOfCall, 0, reals, realsUsed, realsOfCall.length);
        argumentsUsed = argumentsEnd;
        realsUsed = realsEnd;
        steps.add(new Step(kernel, extent, argumentsOfCall.length, realsOfCall.length));
    }

    /** Numbers that calls carry along. */
    long carried() {
        return (long) argumentsUsed + realsUsed;
    }

    /** Runs all calls and forgets them; returns what has moved, with what moved before. */
    Traffic playTo(Device device, Traffic before) {
        Traffic traffic = before;
        MemorySegment allArguments = MemorySegment.ofArray(arguments);
        MemorySegment allReals = MemorySegment.ofArray(reals);
        long at = 0;
        long realAt = 0;
        for (Loop loop : Loop.cut(List.copyOf(steps))) {
            long ints = Integer.BYTES
                    * loop.program().stream().mapToLong(Step::arguments).sum();
            long floats =
                    Float.BYTES * loop.program().stream().mapToLong(Step::reals).sum();
            for (int time = 0; time < loop.times(); time++) {
                device.run(loop.program(), allArguments.asSlice(at, ints), allReals.asSlice(realAt, floats));
                traffic = traffic.plus(loop.program().size(), ints + floats, 0);
                at += ints;
                realAt += floats;
            }
        }
        steps.clear();
        argumentsUsed = 0;
        realsUsed = 0;
        return traffic;
    }
}
