package org.alluvium.ingest.quality;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.quality.QualityModel.Training;

/**
 * A {@link QualityModel} as a file. Numbers are big-endian, as {@link DataOutputStream} writes them:
 *
 * <pre>
 * magic      8 bytes    "ALVQUAL" in ASCII and a zero
 * version    int32      1
 * features   int32      1 words, 2 pairs
 * reference  int64      distinct texts of the reference corpus
 * raw        int64      distinct raw texts
 * passes     int32
 * seed       int64
 * bias       float64
 * weights    float32 ×  2^18 for words, 2^20 for pairs
 * digest     64 bytes   SHA-256 of all that is before it, in hexadecimal digits
 * </pre>
 */
public final class QualityModelFile {

    private static final byte[] MAGIC = "ALVQUAL\0".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private QualityModelFile() {}

    /**
     * Reads a model.
     *
     * @throws UnavailableException if there is no such file
     * @throws DataException if it is not a model, is damaged, or of a version that is not known here
     * @throws StorageException if it cannot be read
     */
    public static QualityModel read(Path file) {
        try {
            return decode(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new UnavailableException(
                    "there is no quality model",
                    file.toString(),
                    "Train one with 'alluvium quality train', or correct filters.quality.model",
                    e);
        } catch (IOException e) {
            throw StorageException.of("read the quality model", file, e);
        }
    }

    /**
     * Writes a model to a new file.
     *
     * @return its digest, 64 lower-case hexadecimal digits
     * @throws StorageException if the file exists or cannot be written
     */
    public static String write(QualityModel model, Path file) {
        byte[] content = encode(model);
        try {
            Durability.writeNew(file, content);
        } catch (IOException e) {
            throw StorageException.of("write the quality model", file, e);
        }
        return new String(content, content.length - Sha256.HEX_DIGITS, Sha256.HEX_DIGITS, StandardCharsets.US_ASCII);
    }

    static byte[] encode(QualityModel model) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(4 * model.features().buckets() + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(code(model.features()));
            Training training = model.training();
            out.writeLong(training.referenceDocuments());
            out.writeLong(training.rawDocuments());
            out.writeInt(training.passes());
            out.writeLong(training.seed());
            out.writeDouble(model.bias());
            for (int bucket = 0; bucket < model.features().buckets(); bucket++) {
                out.writeFloat(model.weight(bucket));
            }
            out.writeBytes(Sha256.of(bytes.toByteArray()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** @param where what errors call it */
    static QualityModel decode(byte[] content, String where) {
        int length = content.length - Sha256.HEX_DIGITS;
        if (length < MAGIC.length || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw bad("this is not a quality model", where, null);
        }
        String digest = new String(content, length, Sha256.HEX_DIGITS, StandardCharsets.US_ASCII);
        if (!digest.equals(Sha256.of(content, 0, length))) {
            throw bad("the quality model is damaged: it does not have the digest that it ends with", where, null);
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(content, MAGIC.length, length - MAGIC.length);
        try (DataInputStream in = new DataInputStream(bytes)) {
            int version = in.readInt();
            if (version != VERSION) {
                throw bad("the quality model is of version " + version + ", and this release knows 1", where, null);
            }
            return decode(in, where);
        } catch (IOException e) {
            throw bad("the quality model ends too early", where, e);
        }
    }

    private static QualityModel decode(DataInputStream in, String where) throws IOException {
        Features features = features(in.readInt(), where);
        Training training = new Training(in.readLong(), in.readLong(), in.readInt(), in.readLong());
        double bias = in.readDouble();
        float[] weights = new float[features.buckets()];
        for (int bucket = 0; bucket < weights.length; bucket++) {
            weights[bucket] = in.readFloat();
        }
        if (in.read() >= 0) {
            throw bad("the quality model has more bytes than its features have weights", where, null);
        }
        return new QualityModel(features, bias, weights, training);
    }

    private static int code(Features features) {
        return switch (features) {
            case WORDS -> 1;
            case PAIRS -> 2;
        };
    }

    private static Features features(int code, String where) {
        return Arrays.stream(Features.values())
                .filter(features -> code(features) == code)
                .findFirst()
                .orElseThrow(() -> bad("the quality model has features " + code + ", unknown here", where, null));
    }

    private static DataException bad(String what, String where, IOException cause) {
        return new DataException(what, where, "Train it anew with 'alluvium quality train', or copy it again", cause);
    }
}
