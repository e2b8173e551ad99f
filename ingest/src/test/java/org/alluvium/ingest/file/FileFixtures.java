package org.alluvium.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.SourceRecord;

/** Files for tests and what is read from them. */
final class FileFixtures {

    private FileFixtures() {}

    static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] zstd(String content) {
        return Zstd.compress(content.getBytes(UTF_8));
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    static FileRef ref(Path folder, String name) {
        try {
            return new FileRef("news", name, Files.size(folder.resolve(name)), 1000);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Every record as {@code origin=line} or {@code origin!reason}, with {@code :length} if it is known, and where reading stopped. */
    record ReadBack(List<String> records, ReadProgress progress) {}

    static ReadBack readAll(FileRef file, ReadProgress from, FileRecordReader.Options options) {
        return readUpTo(Integer.MAX_VALUE, file, from, options);
    }

    /** Stops after the given number of records, as a checkpoint may. */
    static ReadBack readUpTo(int most, FileRef file, ReadProgress from, FileRecordReader.Options options) {
        return readUpTo(most, file, new Framing.Range(0, file.sizeBytes()), from, options);
    }

    static ReadBack readUpTo(
            int most, FileRef file, Framing.Range range, ReadProgress from, FileRecordReader.Options options) {
        List<String> records = new ArrayList<>();
        try (FileRecordReader reader = new FileRecordReader(file, range, from, options)) {
            while (!reader.isDone() && records.size() < most) {
                reader.poll().map(FileFixtures::show).ifPresent(records::add);
            }
            return new ReadBack(records, reader.progress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String show(SourceRecord record) {
        if (record instanceof SourceRecord.Content line) {
            return line.origin() + "=" + new String(line.bytes(), UTF_8);
        }
        SourceRecord.Failure failure = (SourceRecord.Failure) record;
        String length = failure.length() == DeadLetter.UNKNOWN_LENGTH ? "" : ":" + failure.length();
        return failure.origin() + "!" + failure.reason() + length;
    }
}
