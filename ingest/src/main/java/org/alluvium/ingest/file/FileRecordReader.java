package org.alluvium.ingest.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.LineFraming;
import org.alluvium.ingest.frame.RecordScanner;
import org.alluvium.ingest.frame.Scan;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;

/**
 * Reads the records of one file, from any point at which it was left. A record is a line. Not thread-safe.
 *
 * <p>A plain file is read up to the length it had when it was found. In a folder that is followed, a last line without
 * line feed may still be being written: it is left for when the file has grown; otherwise it is a record. A compressed
 * file is read to its end, and continued by decompressing again what had been read.
 *
 * <p>Whatever goes wrong with a file ends as one {@link SourceRecord.Failure} behind the records that precede the damage,
 * and refuses the file. That a file is no longer the one that was begun is seen by its {@link Fingerprint}.
 */
public final class FileRecordReader implements Closeable {

    private final FileRef file;
    private final Options options;
    private final Compression compression;

    // Behind the last record that was returned.
    private long offset;
    private long records;
    private Fingerprint seen;
    private Status status;

    private FileChannel channel; // null until the first record is asked for
    private ContentStream content;
    private RecordScanner scanner;
    private ContentSkip skip;

    /**
     * How to read.
     *
     * @param folder the source's folder
     * @param follow whether the folder is followed, so that files may grow
     * @param maxLineBytes longest line that is a record
     */
    public record Options(Path folder, boolean follow, long maxLineBytes) {}

    public FileRecordReader(FileRef file, ReadProgress from, Options options) {
        this.file = file;
        this.options = options;
        this.compression = Compression.of(file.path());
        this.offset = from.offset();
        this.records = from.records();
        this.seen = from.seen();
        this.status = from.status();
    }

    /** Whether there is nothing more to read of the file as it was found. */
    public boolean isDone() {
        return status != Status.OPEN;
    }

    /**
     * The next record; empty if the file is done or the next record needs more work, which the next call does: a call
     * never takes long.
     *
     * @throws InterruptedIOException if the thread was interrupted; the reader must not be used any more
     */
    public Optional<SourceRecord> poll() throws InterruptedIOException {
        if (isDone()) {
            return Optional.empty();
        }
        try {
            if (channel == null) {
                open();
            }
            return skip.isDone() ? recordOf(scanner.next()) : skipOn();
        } catch (ClosedByInterruptException interrupted) {
            throw (InterruptedIOException) new InterruptedIOException(file.path()).initCause(interrupted);
        } catch (IOException failed) {
            return Optional.of(refuse(reasonOf(failed), detailOf(failed)));
        } catch (InvalidPathException inexpressible) {
            return Optional.of(refuse(
                    DeadLetterReason.FILE_UNREADABLE,
                    "this process's locale cannot express the file's name: start it with LC_ALL=C.UTF-8"));
        }
    }

    private Optional<SourceRecord> skipOn() throws IOException {
        skip.goOn();
        return Optional.empty();
    }

    /** How far the file has been read; a reader that starts from there goes on with exactly the next record. */
    public ReadProgress progress() {
        if (channel != null && compression == Compression.NONE && seen.length() != offset) {
            seen = fingerprint(offset);
        }
        return new ReadProgress(offset, records, seen, status);
    }

    /** Bytes of content behind the last record that was returned. */
    public long offset() {
        return offset;
    }

    private void open() throws IOException {
        channel = FileChannel.open(options.folder().resolve(file.path()), StandardOpenOption.READ);
        long size = channel.size();
        boolean same = seen.isBeginningOf(channel);
        boolean plain = compression == Compression.NONE;
        requireSame(same && (plain || seen.length() == 0 || seen.length() == size));
        if (plain) {
            content = ContentStream.of(new FileRange(channel, offset, file.sizeBytes()));
        } else {
            if (size == 0) {
                throw new DamagedContentException("the compressed file is empty");
            }
            seen = Fingerprint.of(channel, size);
            content = compression.decompress(new FileRange(channel, 0, size));
        }
        skip = new ContentSkip(content, plain ? 0 : offset);
        scanner = new LineFraming().scan(content, Framing.Entry.AT_RECORD, options.maxLineBytes());
    }

    private static void requireSame(boolean same) throws ChangedFileException {
        if (!same) {
            throw new ChangedFileException("the file was replaced or rewritten after it had been read; only lines"
                    + " appended to plain files are read: give changed content a new file name");
        }
    }

    private Optional<SourceRecord> recordOf(Scan scan) {
        if (scan instanceof Scan.Frame line) {
            if (mustWait(line.ended())) {
                return Optional.empty();
            }
            advance(line.consumed());
            return Optional.of(
                    SourceRecord.Content.of(file.source(), origin(records), file.modifiedMillis(), line.bytes()));
        }
        if (scan instanceof Scan.TooLong line) {
            if (mustWait(line.ended())) {
                return Optional.empty();
            }
            advance(line.consumed());
            String detail =
                    "the line has " + line.length() + " bytes, ingest.maxLineBytes allows " + options.maxLineBytes();
            return Optional.of(failure(records, DeadLetterReason.LINE_TOO_LONG, detail, line.excerpt()));
        }
        if (scan instanceof Scan.End) {
            status = Status.FINISHED;
        }
        return Optional.empty();
    }

    /** A line of a plain file that grows is a record once it has ended; until then the file counts as read. */
    private boolean mustWait(boolean lineEnded) {
        if (lineEnded || !options.follow() || compression != Compression.NONE) {
            return false;
        }
        status = Status.FINISHED;
        return true;
    }

    private void advance(long bytes) {
        offset += bytes;
        records++;
    }

    private SourceRecord refuse(DeadLetterReason reason, String detail) {
        status = Status.REFUSED;
        return failure(records + 1, reason, detail, scanner == null ? new byte[0] : scanner.begun());
    }

    private SourceRecord failure(long record, DeadLetterReason reason, String detail, byte[] excerpt) {
        return new SourceRecord.Failure(file.source(), origin(record), file.modifiedMillis(), reason, detail, excerpt);
    }

    private String origin(long record) {
        return new Origin(file.path(), record).toString();
    }

    private static DeadLetterReason reasonOf(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return DeadLetterReason.FILE_MISSING;
        }
        if (failed instanceof ChangedFileException) {
            return DeadLetterReason.FILE_CHANGED;
        }
        return failed instanceof DamagedContentException
                ? DeadLetterReason.FILE_DAMAGED
                : DeadLetterReason.FILE_UNREADABLE;
    }

    private static String detailOf(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "the file was deleted before it was read, or is a link that leads nowhere";
        }
        if (failed instanceof AccessDeniedException) {
            return "the file may not be read: give the user of this process permission, then give the file a new name";
        }
        return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    }

    private Fingerprint fingerprint(long length) {
        try {
            return Fingerprint.of(channel, length);
        } catch (IOException unreadable) {
            // Whatever made this fail fails the next read as well, and is reported there, with the record it concerns.
            return Fingerprint.NONE;
        }
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
