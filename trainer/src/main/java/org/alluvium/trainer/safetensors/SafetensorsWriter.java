package org.alluvium.trainer.safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file as a stream: all names and shapes first, then the data of each tensor in the same order. Memory
 * does not grow with the tensors. The format is specified at {@link SafetensorsHeader}. Not thread-safe.
 */
public final class SafetensorsWriter {

    private static final int BUFFER_NUMBERS = 1 << 16;

    private final OutputStream out;
    private final SafetensorsHeader header;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_NUMBERS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final float[] numbers = new float[BUFFER_NUMBERS];
    private int written;

    private SafetensorsWriter(OutputStream out, SafetensorsHeader header) {
        this.out = out;
        this.header = header;
    }

    /** A tensor that will be written. */
    public record Declaration(String name, Dtype dtype, List<Integer> shape) {

        public Declaration {
            shape = List.copyOf(shape);
        }
    }

    /**
     * Writes the header.
     *
     * @param out receives the file; stays open, and is best buffered by its owner or not at all, as writes are large
     */
    public static SafetensorsWriter begin(OutputStream out, Map<String, String> metadata, List<Declaration> tensors)
            throws IOException {
        List<SafetensorsHeader.Tensor> entries = new ArrayList<>(tensors.size());
        long begin = 0;
        for (Declaration tensor : tensors) {
            List<Long> shape = tensor.shape().stream().map(Integer::longValue).toList();
            SafetensorsHeader.Tensor entry = new SafetensorsHeader.Tensor(tensor.name(), tensor.dtype(), shape, begin);
            entries.add(entry);
            begin = entry.end();
        }
        SafetensorsWriter writer = new SafetensorsWriter(out, new SafetensorsHeader(metadata, entries));
        byte[] json = writer.header.encode();
        out.write(ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        out.write(json);
        return writer;
    }

    /**
     * Writes the data of the next tensor, rounded to its type.
     *
     * @param data row-major; exactly as long as the tensor that was declared
     */
    public void write(float[] data) throws IOException {
        write(MemorySegment.ofArray(data));
    }

    /**
     * The same from memory that holds floats in the machine's byte order.
     *
     * @param data row-major; exactly as long as the tensor that was declared
     */
    public void write(MemorySegment data) throws IOException {
        SafetensorsHeader.Tensor tensor = header.tensors().get(written);
        long length = data.byteSize() / Float.BYTES;
        if (length != tensor.elements()) {
            throw new IllegalArgumentException(
                    "tensor " + tensor.name() + " has " + tensor.elements() + " elements, not " + length);
        }
        for (long from = 0; from < length; from += BUFFER_NUMBERS) {
            int count = (int) Math.min(BUFFER_NUMBERS, length - from);
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED, from * Float.BYTES, numbers, 0, count);
            tensor.dtype().write(buffer, numbers, 0, count);
            out.write(buffer.array(), 0, count * tensor.dtype().bytes());
        }
        written++;
    }

    /** Checks that every declared tensor was written. */
    public void finish() throws IOException {
        if (written != header.tensors().size()) {
            throw new IllegalStateException(written + " of " + header.tensors().size() + " tensors were written");
        }
        out.flush();
    }
}
