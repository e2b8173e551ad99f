package org.alluvium.trainer.backend.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The C functions of oneDNN 3. Those that a product calls have a method each; those that prepare it are called by name,
 * which is slow. Handles and addresses are longs. A status other than success becomes an {@link IllegalStateException}:
 * shapes are ours, so it is a defect. Used by one thread at a time but for {@link #setAddress}, {@link #execute},
 * {@link #sgemm} and {@link #useOneThread}.
 */
final class Functions {

    private final NativeLibrary library = NativeLibrary.load("libdnnl.so.3");
    private final Map<String, MethodHandle> byName = new HashMap<>();
    private final MethodHandle setThreads;
    private final MethodHandle setDataHandle;
    private final MethodHandle executePrimitive;
    private final MethodHandle singleGemm;

    /**
     * Loads the library, and OpenMP's, which lies beside it and is found by its run path.
     *
     * @throws UnsatisfiedLinkError if there is none for this platform or it does not load
     */
    Functions() {
        setThreads =
                NativeLibrary.load("libgomp.so.1").function("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
        setDataHandle = status("dnnl_memory_set_data_handle", JAVA_LONG, JAVA_LONG);
        executePrimitive = status("dnnl_primitive_execute", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
        singleGemm = status(
                "dnnl_sgemm",
                JAVA_BYTE,
                JAVA_BYTE,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_FLOAT,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_FLOAT,
                JAVA_LONG,
                JAVA_LONG);
    }

    private MethodHandle status(String name, MemoryLayout... arguments) {
        return library.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /** Holds OpenMP to one thread in products that are made or run on the calling thread. */
    void useOneThread() {
        try {
            setThreads.invokeExact(1);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void setAddress(long memory, long address) {
        try {
            check("dnnl_memory_set_data_handle", (int) setDataHandle.invokeExact(memory, address));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void execute(long primitive, long stream, int count, long arguments) {
        try {
            check("dnnl_primitive_execute", (int) executePrimitive.invokeExact(primitive, stream, count, arguments));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** {@code c = alpha * op(a) op(b) + beta * c} in row-major order. */
    void sgemm(SingleGemm call) {
        try {
            int status = (int) singleGemm.invokeExact(
                    (byte) (call.transposeA() ? 'T' : 'N'),
                    (byte) (call.transposeB() ? 'T' : 'N'),
                    call.m(),
                    call.n(),
                    call.k(),
                    call.alpha(),
                    call.a(),
                    call.strideA(),
                    call.b(),
                    call.strideB(),
                    call.beta(),
                    call.c(),
                    call.strideC());
            check("dnnl_sgemm", status);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Calls a function whose first argument receives the handle of what it makes. */
    long create(String name, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(JAVA_LONG);
            List<Object> all = new ArrayList<>(List.of(handle));
            all.addAll(Arrays.asList(arguments));
            call(name, all.toArray());
            return handle.get(JAVA_LONG, 0);
        }
    }

    /** Calls a function that returns a status. Arguments are ints, longs, floats and segments. */
    void call(String name, Object... arguments) {
        check(name, (int) invoke(name, JAVA_INT, arguments));
    }

    /** Calls a function that returns a number or an address. */
    long query(String name, Object... arguments) {
        return (long) invoke(name, JAVA_LONG, arguments);
    }

    /** Calls a function without arguments that returns an int. */
    int number(String name) {
        return (int) invoke(name, JAVA_INT);
    }

    private Object invoke(String name, MemoryLayout result, Object... arguments) {
        MethodHandle function = byName.computeIfAbsent(
                name,
                key -> library.function(
                        key,
                        FunctionDescriptor.of(
                                result,
                                Arrays.stream(arguments).map(Functions::layout).toArray(MemoryLayout[]::new))));
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer i -> JAVA_INT;
            case Long l -> JAVA_LONG;
            case Float f -> JAVA_FLOAT;
            case MemorySegment segment -> ADDRESS;
            default -> throw new IllegalArgumentException("no C type for " + argument);
        };
    }

    private static void check(String name, int status) {
        if (status != 0) {
            throw new IllegalStateException(name + " failed with status " + status);
        }
    }

    /** A method handle may throw anything by its type; these functions throw nothing of their own. */
    private static IllegalStateException rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }
}
