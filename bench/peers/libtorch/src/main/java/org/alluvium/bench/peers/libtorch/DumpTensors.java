package org.alluvium.bench.peers.libtorch;

import static org.bytedeco.pytorch.global.torch.from_blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads a dump's binary files into tensors that own their memory. */
final class DumpTensors {

    private DumpTensors() {}

    /**
     * The initial weights by their names, in the file's order. The file holds F32 only, which is all that Alluvium writes.
     *
     * @throws IOException if the file cannot be read
     */
    static Map<String, Tensor> weights(Path folder) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve("model.safetensors"))) {
            int length = Math.toIntExact(map(file, 0, Long.BYTES).getLong());
            byte[] header = new byte[length];
            map(file, Long.BYTES, length).get(header);
            Map<String, Tensor> weights = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry :
                    JsonMapper.builder().build().readTree(header).properties()) {
                if (!entry.getKey().equals("__metadata__")) {
                    weights.put(entry.getKey(), weight(file, Long.BYTES + length, entry.getValue()));
                }
            }
            return weights;
        }
    }

    /**
     * Micro-batches of one step.
     *
     * @param step from 0
     * @return (accumulate,3,B,T) of 64-bit integers: inputs, targets and documentStart of each
     * @throws IOException if the file cannot be read or has no such step
     */
    static Tensor batches(Path folder, Dump dump, int step) throws IOException {
        long[] shape = {dump.accumulate(), 3, dump.rows(), dump.shape().context()};
        long size = Integer.BYTES * shape[0] * shape[1] * shape[2] * shape[3];
        try (FileChannel file = FileChannel.open(folder.resolve("batches.int32"))) {
            return tensor(map(file, step * size, size), ScalarType.Int, shape).to(ScalarType.Long);
        }
    }

    private static Tensor weight(FileChannel file, long start, JsonNode entry) throws IOException {
        if (!entry.path("dtype").asText().equals("F32")) {
            throw new IOException("only F32 is read, not " + entry);
        }
        long begin = entry.path("data_offsets").path(0).asLong();
        long end = entry.path("data_offsets").path(1).asLong();
        long[] shape = new long[entry.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.path("shape").path(i).asLong();
        }
        return tensor(map(file, start + begin, end - begin), ScalarType.Float, shape);
    }

    private static Tensor tensor(ByteBuffer bytes, ScalarType type, long... shape) {
        try (BytePointer pointer = new BytePointer(bytes);
                TensorOptions options = new TensorOptions(type);
                Tensor view = from_blob(pointer, shape, options)) {
            return view.clone();
        }
    }

    private static ByteBuffer map(FileChannel file, long at, long size) throws IOException {
        if (at + size > file.size()) {
            throw new IOException("a file of the dump ends before byte " + (at + size));
        }
        return file.map(FileChannel.MapMode.READ_ONLY, at, size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
