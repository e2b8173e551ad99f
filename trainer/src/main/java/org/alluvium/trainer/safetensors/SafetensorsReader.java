package org.alluvium.trainer.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;

/**
 * Reads a safetensors file; numbers of every type become floats. The whole header is checked when it is opened; the format is specified at
 * {@link SafetensorsHeader}. Not thread-safe.
 */
public final class SafetensorsReader implements AutoCloseable {

    private static final int BUFFER_NUMBERS = 1 << 16;

    private final Path file;
    private final SeekableByteChannel channel;
    private final SafetensorsHeader header;
    private final Map<String, SafetensorsHeader.Tensor> byName;
    private final long dataStart;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_NUMBERS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsReader(Path file, SeekableByteChannel channel, SafetensorsHeader header, long dataStart) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.byName = header.tensors().stream()
                .collect(Collectors.toUnmodifiableMap(SafetensorsHeader.Tensor::name, tensor -> tensor));
        this.dataStart = dataStart;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws DataException if the file is damaged
     * @throws StorageException if it cannot be read
     */
    public static SafetensorsReader open(Path file) {
        SeekableByteChannel channel = null;
        try {
            channel = Files.newByteChannel(file);
            return open(file, channel);
        } catch (MalformedTensorsException | EOFException e) {
            closeAfter(e, channel);
            throw damaged(file, e);
        } catch (IOException e) {
            closeAfter(e, channel);
            throw StorageException.of("read the tensors", file, e);
        }
    }

    private static SafetensorsReader open(Path file, SeekableByteChannel channel) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length);
        long headerBytes = length.flip().getLong();
        long rest = channel.size() - SafetensorsHeader.LENGTH_BYTES;
        if (headerBytes < 0 || headerBytes > Math.min(rest, SafetensorsHeader.MAX_BYTES)) {
            throw new MalformedTensorsException("a header of " + Long.toUnsignedString(headerBytes)
                    + " bytes is announced in a file of " + channel.size());
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        readFully(channel, json);
        SafetensorsHeader header = SafetensorsHeader.decode(json.array(), rest - headerBytes);
        return new SafetensorsReader(file, channel, header, SafetensorsHeader.LENGTH_BYTES + headerBytes);
    }

    /** Names of the tensors, in the order of their data. */
    public List<String> names() {
        return header.tensors().stream().map(SafetensorsHeader.Tensor::name).toList();
    }

    /** The file's free strings. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Dimensions of a tensor. */
    public List<Integer> shape(String name) {
        return tensor(name).shape().stream().map(Math::toIntExact).toList();
    }

    /**
     * Checks the dimensions of a tensor.
     *
     * @throws MismatchException if it has others
     */
    public void requireShape(String name, List<Integer> expected) {
        if (!shape(name).equals(expected)) {
            throw new MismatchException(
                    "tensor " + name + " has shape " + shape(name) + ", the model needs " + expected,
                    file.toString(),
                    "Use the model section that the checkpoint was written with");
        }
    }

    /** How the numbers of a tensor are stored. */
    public Dtype dtype(String name) {
        return tensor(name).dtype();
    }

    /** Reads a tensor, row-major. */
    public float[] read(String name) {
        SafetensorsHeader.Tensor tensor = tensor(name);
        float[] data = new float[Math.toIntExact(tensor.elements())];
        try {
            channel.position(dataStart + tensor.begin());
            for (int from = 0; from < data.length; from += BUFFER_NUMBERS) {
                int count = Math.min(BUFFER_NUMBERS, data.length - from);
                readFully(channel, buffer.clear().limit(count * tensor.dtype().bytes()));
                tensor.dtype().read(buffer.flip(), data, from, count);
            }
            return data;
        } catch (EOFException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw StorageException.of("read the tensors", file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageException.of("close the tensors", file, e);
        }
    }

    private SafetensorsHeader.Tensor tensor(String name) {
        SafetensorsHeader.Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new DataException(
                    "there is no tensor " + name, file.toString(), "It holds " + names() + "; use another checkpoint");
        }
        return tensor;
    }

    private static void readFully(SeekableByteChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("the file ends at byte " + channel.size() + ", before what it announces");
            }
        }
    }

    private static void closeAfter(IOException error, SeekableByteChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                error.addSuppressed(e);
            }
        }
    }

    private static DataException damaged(Path file, IOException e) {
        return new DataException(
                "the safetensors file is damaged: " + e.getMessage(),
                file.toString(),
                "Use an older checkpoint, or restore the file",
                e);
    }
}
