package org.alluvium.trainer.tornado.device;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.tornado.kernel.Code;
import org.alluvium.trainer.tornado.kernel.Kernel;
import org.alluvium.trainer.tornado.kernel.product.LibraryProducts;
import org.alluvium.trainer.tornado.kernel.product.RoundedLibraryProducts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A device of TornadoVM. Each program is a task graph, which is compiled when it first runs. The memory stays on the device: a
 * graph takes it over from the graph that ran before it, and only arguments and reals go in and out.
 *
 * <p>An execution plan takes its graphs when it is made. For a new program a new plan is made of all graphs so far and one more:
 * graphs keep what was compiled of them, and the memory that they hold, so that this costs next to nothing. The new graph knows no
 * predecessor in its plan until another has run there; hence one that changes nothing runs before it.
 */
public final class GraphDevice implements Device {

    private static final Logger LOG = LoggerFactory.getLogger(GraphDevice.class);
    private static final int FIRST = 0; // the graph that brings the memory in
    private static final int IDLE = 1; // the graph that changes nothing

    /** TornadoVM's own would have the device's compiler suppose that no number is infinite. */
    private static final String OPENCL_FLAGS = "-cl-mad-enable -w";

    private final TornadoDevice device;
    private final DeviceInfo description;
    private final Map<List<Step>, Program> programs = new HashMap<>();
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private GridScheduler grids = new GridScheduler(); // of tasks that are groups of threads, by graph and task
    private FloatArray memory = new FloatArray(1);
    private IntArray numbers = new IntArray(1);
    private TornadoExecutionPlan plan;

    /** A graph, and the arrays that what changes from run to run is in. */
    private record Program(int graph, IntArray arguments, FloatArray reals) {}

    GraphDevice(TornadoDevice device, DeviceInfo description) {
        this.device = device;
        this.description = description;
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public Optional<DeviceInfo> description() {
        return Optional.of(description);
    }

    @Override
    public Optional<DeviceMemory> memory() {
        return Optional.of(HostShadow.memoryOf(description));
    }

    @Override
    public void grow(int elements, int count) {
        if (elements <= memory.getSize() && count <= numbers.getSize()) {
            return;
        }
        FloatArray largerMemory = HostShadow.allocate(Math.max(elements, memory.getSize()));
        IntArray largerNumbers = new IntArray(Math.max(count, numbers.getSize()));
        if (plan != null) {
            execute(IDLE).transferToHost(memory, numbers);
            largerMemory.getSegment().copyFrom(memory.getSegment());
            largerNumbers.getSegment().copyFrom(numbers.getSegment());
            forget();
        }
        memory = largerMemory;
        numbers = largerNumbers;
    }

    @Override
    public MemorySegment run(List<Step> steps, MemorySegment arguments, MemorySegment reals) {
        Program known = programs.get(steps);
        Program program = known == null ? add(List.copyOf(steps)) : known;
        program.arguments().getSegment().copyFrom(arguments);
        program.reals().getSegment().copyFrom(reals);
        long before = System.nanoTime();
        execute(program.graph());
        if (known == null) {
            LOG.info(
                    "Compiled {} kernels for {} in {} s ({})",
                    steps.size(),
                    name(),
                    String.format(Locale.ROOT, "%.1f", (System.nanoTime() - before) * 1e-9),
                    steps.stream().map(step -> step.kernel().name()).distinct().collect(Collectors.joining(" ")));
        }
        return program.reals().getSegment().asSlice(0, reals.byteSize());
    }

    private Program add(List<Step> steps) {
        if (plan == null) {
            begin();
        }
        IntArray arguments = new IntArray(
                Math.max(1, steps.stream().mapToInt(Step::arguments).sum()));
        FloatArray reals =
                new FloatArray(Math.max(1, steps.stream().mapToInt(Step::reals).sum()));
        boolean sends = steps.stream().anyMatch(step -> step.kernel() == Kernel.SEND);
        TaskGraph graph = new TaskGraph("program" + graphs.size())
                .consumeFromDevice(memory, numbers)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, arguments)
                .transferToDevice(sends ? DataTransferMode.FIRST_EXECUTION : DataTransferMode.EVERY_EXECUTION, reals);
        addTasks(graph, steps, arguments, reals);
        if (sends) {
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, reals);
        }
        graphs.add(graph.persistOnDevice(memory, numbers).snapshot());
        plan = planOfAllGraphs();
        execute(IDLE);
        Program program = new Program(graphs.size() - 1, arguments, reals);
        programs.put(steps, program);
        return program;
    }

    private void addTasks(TaskGraph graph, List<Step> steps, IntArray arguments, FloatArray reals) {
        int at = 0;
        int realAt = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            addTask(graph, step.kernel().name() + i, step, new Place(arguments, reals, at, realAt));
            at += step.arguments();
            realAt += step.reals();
        }
    }

    /** Where a step finds its arguments. */
    private record Place(IntArray arguments, FloatArray reals, int at, int realAt) {}

    private void addTask(TaskGraph graph, String name, Step step, Place place) {
        int items = step.extent().items();
        int width = step.extent().width();
        int depth = step.extent().depth();
        IntArray arguments = place.arguments();
        FloatArray reals = place.reals();
        int at = place.at();
        int realAt = place.realAt();
        Optional<Launch> launch = switch (step.kernel().code()) {
            case Code.Loop loop -> {
                graph.task(name, loop.method(), memory, numbers, arguments, reals, at, realAt, items, width, depth);
                yield Launch.of(description, items);
            }
            case Code.Library library -> {
                if (library.rounds()) {
                    RoundedLibraryProducts.add(graph, name, memory, arguments, at, items, width, depth);
                } else {
                    LibraryProducts.add(graph, name, memory, arguments, at, items, width, depth);
                }
                yield Optional.empty();
            }
            case Code.Groups groups -> {
                graph.task(
                        name,
                        groups.method(),
                        new KernelContext(),
                        memory,
                        numbers,
                        arguments,
                        reals,
                        at,
                        realAt,
                        items,
                        width,
                        depth);
                int number = groups.grid().groups(items, width, depth);
                yield Optional.of(new Launch(groups.threads(), number));
            }
        };
        launch.ifPresent(chosen -> {
            WorkerGrid1D grid = new WorkerGrid1D(chosen.threads() * chosen.groups());
            grid.setLocalWork(chosen.threads(), 1, 1);
            grids.addWorkerGrid(graph.getTaskGraphName() + "." + name, grid);
        });
    }

    private void begin() {
        graphs.add(new TaskGraph("first")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, memory, numbers)
                .task("hold", GraphDevice::hold, memory, numbers)
                .persistOnDevice(memory, numbers)
                .snapshot());
        graphs.add(new TaskGraph("idle")
                .consumeFromDevice(memory, numbers)
                .task("hold", GraphDevice::hold, memory, numbers)
                .transferToHost(DataTransferMode.UNDER_DEMAND, memory, numbers)
                .persistOnDevice(memory, numbers)
                .snapshot());
        plan = planOfAllGraphs();
        execute(FIRST);
    }

    /** Changes nothing, but makes both arrays the graph's. */
    private static void hold(FloatArray memory, IntArray numbers) {
        for (@Parallel int i = 0; i < 1; i++) {
            memory.set(i, memory.get(i));
            numbers.set(i, numbers.get(i));
        }
    }

    private TornadoExecutionPlan planOfAllGraphs() {
        TornadoExecutionPlan all = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        all.withDevice(device);
        all.withCompilerFlags(TornadoVMBackendType.OPENCL, OPENCL_FLAGS);
        if (!grids.keySet().isEmpty()) {
            all.withGridScheduler(grids);
        }
        return all;
    }

    private TornadoExecutionResult execute(int graph) {
        try {
            return plan.withGraph(graph).execute();
        } catch (TornadoOutOfMemoryException | TornadoMemoryException e) {
            throw new UnavailableException(
                    "the device has no room for " + memory.getSize() + " numbers in one piece (" + e.getMessage() + ")",
                    name(),
                    "Choose a smaller train.batch or model; other processes may use the device, too",
                    e);
        } catch (TornadoRuntimeException | TornadoBailoutRuntimeException | TornadoInternalError e) {
            throw new UnavailableException(
                    "TornadoVM could not compile or run kernels (" + plain(e.getMessage()) + ")",
                    name(),
                    "'./alluvium doctor' tries each kernel; train.backend cpu goes on from the same checkpoint",
                    e);
        }
    }

    /** Messages of TornadoVM are coloured, and end with a stack trace; what a driver says is on standard error. */
    private static String plain(String message) {
        if (message == null) {
            return "it does not say why";
        }
        String uncoloured = message.replaceAll("\\x1b\\[[0-9;]*m", "");
        int trace = uncoloured.indexOf("Stacktrace:");
        return (trace < 0 ? uncoloured : uncoloured.substring(0, trace)).strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private void forget() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new UnavailableException(
                    "the device did not let go of its memory",
                    name(),
                    "Look for errors of its driver in the system's log, and start again",
                    e);
        }
        plan = null;
        graphs.clear();
        programs.clear();
        grids = new GridScheduler();
    }

    @Override
    public void close() {
        if (plan != null) {
            forget();
        }
    }
}
