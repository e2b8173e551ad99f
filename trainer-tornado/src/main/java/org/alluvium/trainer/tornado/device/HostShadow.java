package org.alluvium.trainer.tornado.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The array that TornadoVM wants on the host for what lies on the device. It is never written, and read once, when the device
 * takes its zeros. So it comes from {@code calloc}, which maps pages without touching them: then it takes address space only. An
 * arena would fill it with zeros, and take as much memory as the device does.
 */
final class HostShadow {

    private static final long MOST_ELEMENTS = Integer.MAX_VALUE; // an index is an int
    private static final double USABLE_SHARE = 0.9; // of a device's memory; the rest is for its driver and others

    private static final MethodHandle CALLOC = function(
            "calloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

    private HostShadow() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return linker.downcallHandle(library.findOrThrow(name), type);
    }

    /** Zeros, which are given back when nobody refers to them any more. */
    static FloatArray allocate(int elements) {
        long bytes = TornadoNativeArray.ARRAY_HEADER + (long) elements * Float.BYTES;
        try {
            MemorySegment segment = (MemorySegment) CALLOC.invokeExact(1L, bytes);
            if (segment.address() == 0) {
                throw new OutOfMemoryError("calloc of " + bytes + " bytes");
            }
            return FloatArray.fromSegmentShallow(segment.reinterpret(bytes, Arena.ofAuto(), HostShadow::free));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calloc throws nothing of its own", e);
        }
    }

    private static void free(MemorySegment segment) {
        try {
            FREE.invokeExact(segment);
        } catch (Throwable e) {
            throw new IllegalStateException("free throws nothing of its own", e);
        }
    }

    /** What a device can keep in one array. */
    static DeviceMemory memoryOf(DeviceInfo device) {
        long usable = (long) (USABLE_SHARE * device.memoryBytes());
        long indexed = MOST_ELEMENTS * Float.BYTES;
        long bytes = Math.min(usable, Math.min(indexed, device.largestAllocationBytes()));
        String limit = bytes == indexed
                ? "one array holds 2^31 numbers"
                : bytes == usable
                        ? "nine tenths of the device's memory"
                        : "the largest piece of memory that the driver gives";
        return new DeviceMemory(bytes, limit, device.type() == DeviceInfo.Type.CPU ? 1 : 0);
    }
}
