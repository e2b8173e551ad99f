package org.alluvium.flink.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.TextTokens;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The encodings that all formats of this package are made of, big-endian: a string is the int32 length of its UTF-8
 * bytes, then those; an optional value is one byte 0 or 1, then the value if 1; a map is its int32 size, then keys and
 * values in ascending order of the keys; a position is its place, records, bytes and time; an array of ids is its int32 length, then int32 each.
 *
 * <p>Text goes as UTF-8 bytes because the JDK encodes and decodes whole strings with vector instructions, which Flink's own
 * string format, a variable-length integer per character, does not allow.
 */
final class Fields {

    private Fields() {}

    static void writeString(String value, DataOutputView out) throws IOException {
        writeBytes(value.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readString(DataInputView in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] value, DataOutputView out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    static byte[] readBytes(DataInputView in) throws IOException {
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return value;
    }

    static void writeOptional(Optional<String> value, DataOutputView out) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            writeString(value.get(), out);
        }
    }

    static Optional<String> readOptional(DataInputView in) throws IOException {
        return in.readBoolean() ? Optional.of(readString(in)) : Optional.empty();
    }

    static void writeOptional(OptionalLong value, DataOutputView out) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            out.writeLong(value.getAsLong());
        }
    }

    static OptionalLong readOptionalLong(DataInputView in) throws IOException {
        return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
    }

    static void writeOptional(OptionalDouble value, DataOutputView out) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            out.writeDouble(value.getAsDouble());
        }
    }

    static OptionalDouble readOptionalDouble(DataInputView in) throws IOException {
        return in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
    }

    static void writeStrings(Map<String, String> values, DataOutputView out) throws IOException {
        out.writeInt(values.size());
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            writeString(entry.getKey(), out);
            writeString(entry.getValue(), out);
        }
    }

    static Map<String, String> readStrings(DataInputView in) throws IOException {
        int size = in.readInt();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < size; i++) {
            values.put(readString(in), readString(in));
        }
        return values;
    }

    static void writeCounts(Map<String, Long> counts, DataOutputView out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<String, Long> entry : new TreeMap<>(counts).entrySet()) {
            writeString(entry.getKey(), out);
            out.writeLong(entry.getValue());
        }
    }

    static Map<String, Long> readCounts(DataInputView in) throws IOException {
        int size = in.readInt();
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < size; i++) {
            counts.put(readString(in), in.readLong());
        }
        return counts;
    }

    static void writePositions(Map<String, SourcePosition> positions, DataOutputView out) throws IOException {
        out.writeInt(positions.size());
        for (Map.Entry<String, SourcePosition> entry : new TreeMap<>(positions).entrySet()) {
            writeString(entry.getKey(), out);
            writeString(entry.getValue().at(), out);
            out.writeLong(entry.getValue().records());
            out.writeLong(entry.getValue().bytes());
            out.writeLong(entry.getValue().timeMillis());
        }
    }

    static Map<String, SourcePosition> readPositions(DataInputView in) throws IOException {
        int size = in.readInt();
        Map<String, SourcePosition> positions = new HashMap<>();
        for (int i = 0; i < size; i++) {
            positions.put(
                    readString(in), new SourcePosition(readString(in), in.readLong(), in.readLong(), in.readLong()));
        }
        return positions;
    }

    static void writeIds(int[] ids, DataOutputView out) throws IOException {
        out.writeInt(ids.length);
        for (int id : ids) {
            out.writeInt(id);
        }
    }

    static int[] readIds(DataInputView in) throws IOException {
        int[] ids = new int[in.readInt()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = in.readInt();
        }
        return ids;
    }

    static void writeHash(ContentHash hash, DataOutputView out) throws IOException {
        out.writeLong(hash.high());
        out.writeLong(hash.low());
    }

    static ContentHash readHash(DataInputView in) throws IOException {
        return new ContentHash(in.readLong(), in.readLong());
    }

    static void writeTokens(TextTokens tokens, DataOutputView out) throws IOException {
        out.writeLong(tokens.texts());
        out.writeLong(tokens.bytes());
        out.writeLong(tokens.tokens());
        out.writeLong(tokens.byteTokens());
        out.writeLong(tokens.unknownTokens());
    }

    static TextTokens readTokens(DataInputView in) throws IOException {
        return new TextTokens(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
