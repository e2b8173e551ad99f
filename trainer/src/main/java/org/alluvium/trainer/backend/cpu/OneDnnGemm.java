package org.alluvium.trainer.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
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
     * Loads the library.
     *
     * @throws LinkageError if there is none for this platform or it does not load
     */
    static OneDnnGemm load() {
        Loader.load(dnnl.class);
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = SymbolLookup.loaderLookup();
        MethodHandle sgemm = linker.downcallHandle(
                symbol(symbols, "dnnl_sgemm"),
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
                linker.downcallHandle(symbol(symbols, "omp_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
        dnnl_version_t version = dnnl.dnnl_version();
        return new OneDnnGemm(sgemm, setThreads, version.major() + "." + version.minor() + "." + version.patch());
    }

    private static MemorySegment symbol(SymbolLookup symbols, String name) {
        return symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError("the library has no symbol " + name));
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
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void prepareThread() {
        try {
            setThreads.invokeExact(1);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String description() {
        return "oneDNN " + version;
    }
}
