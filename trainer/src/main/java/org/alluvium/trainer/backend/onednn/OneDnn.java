package org.alluvium.trainer.backend.onednn;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.alluvium.trainer.backend.ElementType;

/**
 * The library, opened for a fixed number of workers. Packings and products are made by one thread at a time while no
 * worker runs any, and live until this is closed; then each worker may run any of them. A worker is a number that no two
 * threads use at once; every thread that runs something calls {@link #useOneThread} first.
 */
public final class OneDnn implements AutoCloseable {

    private static final int ENGINE_CPU = 1;
    private static final int STREAM_DEFAULT = 1;
    private static final int ISA_AVX512_BF16 = 0xe7;
    private static final int ISA_AMX = 0xfef;
    private static final long ALIGNMENT = 64;
    private static final long FIRST_SCRATCH = 1 << 19;

    private final Functions functions;
    private final Deque<Runnable> cleanup = new ArrayDeque<>();
    private final Map<Packing.Key, Packing> packings = new HashMap<>();
    private final Map<Product.Key, Product> products = new HashMap<>();
    private final Map<Product.PlainKey, Product> plainProducts = new HashMap<>();
    private final long engine;
    private final long[] streams;
    private final Arena memory = Arena.ofShared();
    private final MemorySegment[] scratch;
    private long scratchBytes; // of a worker, with what was left behind

    /**
     * Extracts and loads the library.
     *
     * @throws UnsatisfiedLinkError if there is none for this platform or it does not load
     */
    public OneDnn(int workers) {
        functions = new Functions();
        engine = created("engine", functions.create("dnnl_engine_create", ENGINE_CPU, 0L));
        streams = new long[workers];
        scratch = new MemorySegment[workers];
        for (int worker = 0; worker < workers; worker++) {
            streams[worker] = created("stream", functions.create("dnnl_stream_create", engine, STREAM_DEFAULT));
        }
        growScratch(FIRST_SCRATCH);
    }

    /** "major.minor.patch": three ints behind a pointer. */
    public String version() {
        MemorySegment numbers =
                MemorySegment.ofAddress(functions.query("dnnl_version")).reinterpret(3L * Integer.BYTES);
        return numbers.getAtIndex(JAVA_INT, 0)
                + "." + numbers.getAtIndex(JAVA_INT, 1)
                + "." + numbers.getAtIndex(JAVA_INT, 2);
    }

    /** Whether this CPU multiplies BF16 natively: with AVX512-BF16, or with AMX, which has that too. */
    public boolean multipliesBf16() {
        return has(ISA_AVX512_BF16);
    }

    /** The instructions that BF16 products use here, in words. */
    public String bf16Instructions() {
        return has(ISA_AMX) ? "AMX" : has(ISA_AVX512_BF16) ? "AVX512-BF16" : "none";
    }

    private boolean has(int isa) {
        return (functions.number("dnnl_get_effective_cpu_isa") & isa) == isa;
    }

    /** Holds the library to one thread in what the calling thread makes and runs. */
    public void useOneThread() {
        functions.useOneThread();
    }

    /** A product of floats whose shape was not announced. */
    public void sgemm(SingleGemm call) {
        functions.sgemm(call);
    }

    /** How a right operand (k,n) of this source is packed; the same object for the same arguments. */
    public Packing packing(int k, int n, Strided source, ElementType type) {
        return packings.computeIfAbsent(new Packing.Key(k, n, source, type), key -> {
            useOneThread();
            return new Packing(this, key);
        });
    }

    /**
     * {@code c (m,n) = a (m,k) b}, or {@code +=}; the same object for the same arguments.
     *
     * @param a of the packing's type
     * @param b how the right operand was packed
     * @param c row-major; if it accumulates, F32
     */
    public Product product(int m, Strided a, Packing b, Strided c, boolean accumulate) {
        return products.computeIfAbsent(new Product.Key(m, a, b, c, accumulate), key -> {
            useOneThread(); // it is made for as many threads as OpenMP has now
            return new Product(this, key);
        });
    }

    /**
     * {@code c (m,n) = a (m,k) b (k,n)}, or {@code +=}, of operands as they lie; the same object for the same arguments. For
     * right operands that are read too rarely to be packed.
     *
     * @param c row-major; if it accumulates, F32
     */
    public Product product(int m, int n, int k, Strided a, Strided b, Strided c, boolean accumulate) {
        Product.PlainKey key = new Product.PlainKey(m, n, k, a, b, c, accumulate);
        return plainProducts.computeIfAbsent(key, absent -> {
            useOneThread();
            return new Product(this, absent);
        });
    }

    Functions functions() {
        return functions;
    }

    long engine() {
        return engine;
    }

    int workers() {
        return streams.length;
    }

    long stream(int worker) {
        return streams[worker];
    }

    Arena memory() {
        return memory;
    }

    /** Scratch memory of the size that {@link #growScratch} was last asked for, or more. */
    long scratch(int worker) {
        return scratch[worker].address();
    }

    /** Scratch memory of a worker if products of few rows, or none, were made. */
    public static long leastScratch() {
        return 2 * FIRST_SCRATCH;
    }

    /** Scratch memory that was taken for each worker, for what was made so far. */
    public long scratchBytes() {
        return scratchBytes;
    }

    /** Doubles at least, so that what is left behind is not more than what is used. */
    void growScratch(long bytes) {
        if (scratch[0] == null || scratch[0].byteSize() < bytes) {
            scratchBytes += 2 * bytes;
            for (int worker = 0; worker < scratch.length; worker++) {
                scratch[worker] = memory.allocate(2 * bytes, ALIGNMENT);
            }
        }
    }

    /** Takes care of a handle until this is closed, and returns it. */
    long created(String kind, long handle) {
        cleanup.push(() -> functions.call("dnnl_" + kind + "_destroy", handle));
        return handle;
    }

    @Override
    public void close() {
        cleanup.forEach(Runnable::run);
        memory.close();
    }
}
