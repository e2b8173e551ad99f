package org.alluvium.ingest.fasttext;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.alluvium.contracts.error.DataException;

/** The little-endian numbers of a model file, with the offset for errors. */
final class ModelInput {

    private static final int CHUNK_BYTES = 1 << 16;

    /** What a Java array can hold, a little below its limit. */
    private static final long MAX_ARRAY = Integer.MAX_VALUE - 16;

    private final InputStream in;
    private final String where;
    private long offset;

    /** @param where name of the file, for errors */
    ModelInput(InputStream in, String where) {
        this.in = in;
        this.where = where;
    }

    int int32() throws IOException {
        return buffer(Integer.BYTES).getInt();
    }

    long int64() throws IOException {
        return buffer(Long.BYTES).getLong();
    }

    double float64() throws IOException {
        return buffer(Double.BYTES).getDouble();
    }

    boolean bool() throws IOException {
        return buffer(1).get() != 0;
    }

    byte int8() throws IOException {
        return buffer(1).get();
    }

    /** Bytes up to a zero, which is passed over. */
    byte[] text() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte b = int8(); b != 0; b = int8()) {
            text.write(b);
        }
        return text.toByteArray();
    }

    /** A number of things that follow, each of at least so many bytes; anything that cannot be is refused here. */
    int count(long number, String what) {
        if (number < 0 || number > MAX_ARRAY) {
            throw damaged(what + " is " + number);
        }
        return (int) number;
    }

    byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        offset += bytes.length;
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    float[] floats(int length) throws IOException {
        float[] floats = new float[length];
        for (int done = 0; done < length; ) {
            int some = Math.min(length - done, CHUNK_BYTES / Float.BYTES);
            buffer(some * Float.BYTES).asFloatBuffer().get(floats, done, some);
            done += some;
        }
        return floats;
    }

    /** The error of a file that is not what it should be. */
    DataException damaged(String what) {
        return new DataException(
                "no usable fastText model: " + what + " (before byte " + offset + ")",
                where,
                "Give a model file as fastText 0.9 writes it (.bin or .ftz)");
    }

    private ByteBuffer buffer(int length) throws IOException {
        return ByteBuffer.wrap(bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
