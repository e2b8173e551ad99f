package org.alluvium.trainer.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import org.bytedeco.javacpp.Loader;

/**
 * oneDNN's {@code dnnl_sgemm}, called through the foreign-function interface in the library that JavaCPP's loader
 * extracts. OpenMP inside it is held to one thread: threads are the {@link WorkTeam}'s business.
 */
final class OneDnnGemm implements Gemm {

    private static final byte PLAIN = 'N';
    private static final byte TRANSPOSED = 'T';

    private final MethodHandle sgemm;
    private final MethodHandle setThreads;
    private final String version;

    private OneDnnGemm(MethodHandle sgemm, MethodHandle setThreads, String version) {
        this.sgemm = sgemm;
        this.setThreads = setThreads;
        this.version = version;
    }

    /**
     * Extracts and loads the library. OpenMP's lies beside it and is found by its run path.
     *
     * @throws UnsatisfiedLinkError if there is none for this platform or it does not load
     */
    static OneDnnGemm load() {
        String folder = "/org/bytedeco/dnnl/" + Loader.getPlatform() + "/";
        SymbolLookup openMp = library(folder + "libgomp.so.1");
        SymbolLookup oneDnn = library(folder + "libdnnl.so.3");
        Linker linker = Linker.nativeLinker();
        MethodHandle sgemm = linker.downcallHandle(
                symbol(oneDnn, "dnnl_sgemm"),
                FunctionDescriptor.of(
                        JAVA_INT,
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
                        JAVA_LONG));
        MethodHandle setThreads =
                linker.downcallHandle(symbol(openMp, "omp_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
        return new OneDnnGemm(sgemm, setThreads, version(linker, oneDnn));
    }

    private static SymbolLookup library(String resource) {
        URL url = OneDnnGemm.class.getResource(resource);
        if (url == null) {
            throw new UnsatisfiedLinkError("no " + resource + " on the class path");
        }
        try {
            return SymbolLookup.libraryLookup(Loader.cacheResource(url).toPath(), Arena.global());
        } catch (IOException | IllegalArgumentException e) {
            throw (UnsatisfiedLinkError) new UnsatisfiedLinkError(e.getMessage()).initCause(e);
        }
    }

    private static MemorySegment symbol(SymbolLookup library, String name) {
        return library.find(name).orElseThrow(() -> new UnsatisfiedLinkError("the library has no symbol " + name));
    }

    /** Three ints behind the pointer that {@code dnnl_version} returns: major, minor, patch. */
    private static String version(Linker linker, SymbolLookup oneDnn) {
        MethodHandle function = linker.downcallHandle(symbol(oneDnn, "dnnl_version"), FunctionDescriptor.of(ADDRESS));
        try {
            MemorySegment version = ((MemorySegment) function.invokeExact()).reinterpret(3L * Integer.BYTES);
            return version.getAtIndex(JAVA_INT, 0)
                    + "." + version.getAtIndex(JAVA_INT, 1)
                    + "." + version.getAtIndex(JAVA_INT, 2);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    @Override
    public void multiply(Form form, Extent extent, float alpha, Matrix a, Matrix b, float beta, Matrix c) {
        try {
            int status = (int) sgemm.invokeExact(
                    form == Form.TN ? TRANSPOSED : PLAIN,
                    form == Form.NT ? TRANSPOSED : PLAIN,
                    (long) extent.m(),
                    (long) extent.n(),
                    (long) extent.k(),
                    alpha,
                    a.address(),
                    (long) a.stride(),
                    b.address(),
                    (long) b.stride(),
                    beta,
                    c.address(),
                    (long) c.stride());
            if (status != 0) {
                throw new IllegalStateException("dnnl_sgemm refused " + form + " " + extent + " with status " + status);
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    @Override
    public void prepareThread() {
        try {
            setThreads.invokeExact(1);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    @Override
    public String description() {
        return "oneDNN " + version;
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
