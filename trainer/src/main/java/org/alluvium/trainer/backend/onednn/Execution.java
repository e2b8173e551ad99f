package org.alluvium.trainer.backend.onednn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * A primitive with its arguments, a set for each worker: the library keeps an argument's address in an object of its own,
 * so that these are made once and only their addresses change. The last argument is the scratchpad.
 */
final class Execution {

    private static final int SCRATCHPAD = 80;
    private static final int ARGUMENT_BYTES = 16; // an int, 4 bytes of nothing, a pointer

    private final OneDnn owner;
    private final Functions functions;
    private final long primitive;
    private final long[][] memories; // of each worker
    private final long[] arguments; // of each worker: the address of a C array

    /**
     * Makes the primitive; its descriptor is destroyed.
     *
     * @param names the library's numbers of the arguments
     * @param layouts their memory descriptors
     */
    Execution(OneDnn owner, long primitiveDescriptor, int[] names, long[] layouts) {
        this.owner = owner;
        functions = owner.functions();
        Descriptors descriptors = new Descriptors(functions);
        primitive = owner.created("primitive", functions.create("dnnl_primitive_create", primitiveDescriptor));
        long scratchpad = descriptors.scratchpad(primitiveDescriptor);
        owner.growScratch(descriptors.bytes(scratchpad));
        memories = new long[owner.workers()][names.length + 1];
        arguments = new long[owner.workers()];
        for (int worker = 0; worker < owner.workers(); worker++) {
            long[] own = memories[worker];
            MemorySegment array = owner.memory().allocate((long) ARGUMENT_BYTES * own.length, Long.BYTES);
            for (int i = 0; i < own.length; i++) {
                boolean last = i == names.length;
                long memory =
                        functions.create("dnnl_memory_create", last ? scratchpad : layouts[i], owner.engine(), 0L);
                own[i] = owner.created("memory", memory);
                array.set(JAVA_INT, (long) i * ARGUMENT_BYTES, last ? SCRATCHPAD : names[i]);
                array.set(JAVA_LONG, (long) i * ARGUMENT_BYTES + Long.BYTES, memory);
            }
            arguments[worker] = array.address();
        }
        descriptors.destroy("primitive_desc", primitiveDescriptor);
    }

    void run(int worker, long first, long second) {
        functions.setAddress(memories[worker][0], first);
        functions.setAddress(memories[worker][1], second);
        execute(worker);
    }

    void run(int worker, long first, long second, long third) {
        functions.setAddress(memories[worker][2], third);
        run(worker, first, second);
    }

    private void execute(int worker) {
        long[] own = memories[worker];
        functions.setAddress(own[own.length - 1], owner.scratch(worker));
        functions.execute(primitive, owner.stream(worker), own.length, arguments[worker]);
    }
}
