package org.alluvium.trainer.tornado.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.UnavailableException;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A device of TornadoVM. Each program is a task graph that is compiled once. Memory is brought in before a program and home after
 * it.
 */
public final class GraphDevice implements Device {

    private final TornadoDevice device;
    private final Map<List<Step>, Compiled> programs = new HashMap<>();
    private FloatArray memory = new FloatArray(1);
    private IntArray numbers = new IntArray(1);

    /** A program on the device, and the array that its arguments are read from. */
    private record Compiled(TornadoExecutionPlan plan, IntArray arguments) {}

    /** On a device that the runtime found. */
    public GraphDevice(TornadoDevice device) {
        this.device = device;
    }

    @Override
    public String name() {
        return device.getDescription();
    }

    @Override
    public void grow(int elements, int count) {
        if (elements <= memory.getSize() && count <= numbers.getSize()) {
            return;
        }
        forgetPrograms(); // they hold the arrays that they were made with
        memory = PlainDevice.grown(memory, Math.max(elements, memory.getSize()));
        numbers = PlainDevice.grown(numbers, Math.max(count, numbers.getSize()));
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
        Compiled compiled = programs.computeIfAbsent(program, steps -> compile(steps, arguments.length));
        for (int i = 0; i < arguments.length; i++) {
            compiled.arguments().set(i, arguments[i]);
        }
        compiled.plan().execute();
    }

    private Compiled compile(List<Step> steps, int size) {
        IntArray arguments = new IntArray(size);
        TaskGraph graph = new TaskGraph("program" + programs.size())
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, memory, numbers, arguments);
        int at = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            graph.task(
                    step.kernel().name() + i,
                    step.kernel().code(),
                    memory,
                    numbers,
                    arguments,
                    at,
                    step.items(),
                    step.width(),
                    step.depth());
            at += step.arguments();
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, memory, numbers);
        return new Compiled(new TornadoExecutionPlan(graph.snapshot()).withDevice(device), arguments);
    }

    private void forgetPrograms() {
        for (Compiled compiled : programs.values()) {
            try {
                compiled.plan().close();
            } catch (TornadoExecutionPlanException e) {
                throw new UnavailableException(
                        "the device did not let go of a program",
                        name(),
                        "Look for errors of its driver in the system's log, and start again",
                        e);
            }
        }
        programs.clear();
    }

    @Override
    public void close() {
        forgetPrograms();
    }
}
