package org.alluvium.trainer.backend.onednn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.alluvium.trainer.backend.ElementType;

/** Memory descriptors and primitive descriptors; whoever asks for one destroys it, or leaves that to {@link OneDnn}. */
record Descriptors(Functions functions) {

    private static final int BF16 = 2;
    private static final int F32 = 3;
    private static final int TAG_ANY = 1;
    private static final int MAX_DIMENSIONS = 12;
    private static final int SCRATCHPAD_BY_CALLER = 1;
    private static final int STRIDES = 14;
    private static final int PADDED_DIMENSIONS = 260;
    private static final int INNER_COUNT = 263;
    private static final int INNER_BLOCKS = 264;
    private static final int INNER_INDICES = 265;
    private static final long PAIRED_ROWS = 32;
    private static final long[] PAIRED_BLOCKS = {16, Packing.GROUP, 2};
    private static final long[] PAIRED_INDICES = {0, 1, 0};
    private static final int QUERY_WEIGHTS = 131;
    private static final int QUERY_SCRATCHPAD = 136;

    private static int code(ElementType type) {
        return switch (type) {
            case BF16 -> BF16;
            case F32 -> F32;
        };
    }

    long strided(int rows, int columns, Strided layout) {
        try (Arena arena = Arena.ofConfined()) {
            return functions.create(
                    "dnnl_memory_desc_create_with_strides",
                    2,
                    dimensions(arena, rows, columns),
                    code(layout.type()),
                    dimensions(arena, layout.rowStride(), layout.columnStride()));
        }
    }

    /** In whatever order the library likes best. */
    long any(int rows, int columns, ElementType type) {
        try (Arena arena = Arena.ofConfined()) {
            return functions.create(
                    "dnnl_memory_desc_create_with_tag", 2, dimensions(arena, rows, columns), code(type), TAG_ANY);
        }
    }

    private static MemorySegment dimensions(Arena arena, long rows, long columns) {
        MemorySegment dimensions = arena.allocate(JAVA_LONG, MAX_DIMENSIONS);
        dimensions.setAtIndex(JAVA_LONG, 0, rows);
        dimensions.setAtIndex(JAVA_LONG, 1, columns);
        return dimensions;
    }

    /**
     * Whether a BF16 operand (k,n) lies in {@link Packing#GROUP}s of columns, a group's rows in pairs, and a pair's columns
     * one after another, without gaps but for rows up to a multiple of 32 and columns up to one of the group.
     */
    boolean isPaired(long layout) {
        if (count(layout, INNER_COUNT) != PAIRED_BLOCKS.length) {
            return false;
        }
        long[] padded = list(layout, PADDED_DIMENSIONS, 2);
        long[] strides = list(layout, STRIDES, 2);
        return Arrays.equals(list(layout, INNER_BLOCKS, PAIRED_BLOCKS.length), PAIRED_BLOCKS)
                && Arrays.equals(list(layout, INNER_INDICES, PAIRED_BLOCKS.length), PAIRED_INDICES)
                && strides[0] == PAIRED_ROWS * Packing.GROUP
                && strides[1] == padded[0] * Packing.GROUP
                && padded[0] % PAIRED_ROWS == 0;
    }

    private int count(long descriptor, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            functions.call("dnnl_memory_desc_query", descriptor, what, number);
            return number.get(JAVA_INT, 0);
        }
    }

    private long[] list(long descriptor, int what, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(JAVA_LONG);
            functions.call("dnnl_memory_desc_query", descriptor, what, address);
            return MemorySegment.ofAddress(address.get(JAVA_LONG, 0))
                    .reinterpret((long) count * Long.BYTES)
                    .toArray(JAVA_LONG);
        }
    }

    long bytes(long descriptor) {
        return functions.query("dnnl_memory_desc_get_size", descriptor);
    }

    /** A primitive descriptor; scratch memory is the caller's. */
    long matmul(long engine, long a, long b, long c, boolean accumulate) {
        long attributes = attributes();
        if (accumulate) {
            long operations = functions.create("dnnl_post_ops_create");
            functions.call("dnnl_post_ops_append_sum", operations, 1f, 0, 0);
            functions.call("dnnl_primitive_attr_set_post_ops", attributes, operations);
            functions.call("dnnl_post_ops_destroy", operations);
        }
        long primitive = functions.create("dnnl_matmul_primitive_desc_create", engine, a, b, 0L, c, attributes);
        functions.call("dnnl_primitive_attr_destroy", attributes);
        return primitive;
    }

    /** A primitive descriptor; scratch memory is the caller's. */
    long reorder(long engine, long from, long to) {
        long attributes = attributes();
        long primitive = functions.create("dnnl_reorder_primitive_desc_create", from, engine, to, engine, attributes);
        functions.call("dnnl_primitive_attr_destroy", attributes);
        return primitive;
    }

    private long attributes() {
        long attributes = functions.create("dnnl_primitive_attr_create");
        functions.call("dnnl_primitive_attr_set_scratchpad_mode", attributes, SCRATCHPAD_BY_CALLER);
        return attributes;
    }

    /** A copy of the descriptor that the library chose for the right operand. */
    long chosenWeights(long primitiveDescriptor) {
        return functions.create("dnnl_memory_desc_clone", query(primitiveDescriptor, QUERY_WEIGHTS));
    }

    /** Belongs to the primitive descriptor. */
    long scratchpad(long primitiveDescriptor) {
        return query(primitiveDescriptor, QUERY_SCRATCHPAD);
    }

    private long query(long primitiveDescriptor, int what) {
        return functions.query("dnnl_primitive_desc_query_md", primitiveDescriptor, what, 0);
    }

    void destroy(String kind, long handle) {
        functions.call("dnnl_" + kind + "_destroy", handle);
    }
}
