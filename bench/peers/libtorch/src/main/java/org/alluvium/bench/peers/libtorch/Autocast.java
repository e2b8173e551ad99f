package org.alluvium.bench.peers.libtorch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * PyTorch's automatic casts of matrix products and attention to BF16, for the calling thread. The binding lacks them; the
 * two functions take and return nothing but small integers, and so are called by their names in the library.
 */
final class Autocast {

    private static final byte CPU = 0;

    private final MethodHandle setEnabled;
    private final MethodHandle clearCache;

    /** Finds the functions in the library, which must have been loaded. */
    Autocast() {
        SymbolLookup library = SymbolLookup.libraryLookup("libtorch_cpu.so", Arena.global());
        setEnabled = Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb"),
                        FunctionDescriptor.ofVoid(ValueLayout.JAVA_BYTE, ValueLayout.JAVA_BOOLEAN));
        clearCache = Linker.nativeLinker()
                .downcallHandle(library.findOrThrow("_ZN2at8autocast11clear_cacheEv"), FunctionDescriptor.ofVoid());
    }

    /** Computes with casts to BF16, the CPU's default; then forgets the casts of weights, since updates change those. */
    Tensor during(Supplier<Tensor> computation) {
        enable(true);
        try {
            return computation.get();
        } finally {
            enable(false);
            clear();
        }
    }

    private void enable(boolean enabled) {
        try {
            setEnabled.invokeExact(CPU, enabled);
        } catch (Throwable e) {
            throw new IllegalStateException("autocast cannot be switched", e);
        }
    }

    private void clear() {
        try {
            clearCache.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("autocast's cache cannot be cleared", e);
        }
    }
}
