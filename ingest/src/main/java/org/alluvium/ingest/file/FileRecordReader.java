package org.alluvium.ingest.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.RecordScanner;
import org.alluvium.ingest.frame.Scan;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;

/**
 * Reads the records of one file, or of a range of it, from any point at which it was left. Not thread-safe.
 *
 * <p>A plain file is read up to the length it had when it was found. If it may grow, a last record whose end was not seen
 * may still be being written: it is left for when the file has grown; otherwise it is a record. A compressed file is read to
 * its end, and continued by decompressing again what had been read.
 *
 * <p>Whatever is wrong with a file ends as one {@link SourceRecord.Failure} behind the records that precede the damage, and
 * refuses the file. That a file is no longer the one that was begun is seen by its {@link Fingerprint}.
 */
public final class FileRecordReader implements Closeable {

    private final FileRef file;
    private final Framing.Range range;
    private final Options options;
    private final Compression compression;

    // Behind the last record that was returned.
    private long offset;
    private long records;
    private Fingerprint seen;
    private Status status;

    /** A record that was put back, and where this reader stood behind it; null if there is none. */
    private PutBack putBack;

    private long offsetBefore;
    private long recordsBefore;
    private Status statusBefore;

    private SeekableByteChannel channel; // null until the first record is asked for
    private ContentStream content;
    private RecordScanner scanner;
    private ContentSkip skip; // null where reading begins at the right place

    /**
     * How to read.
     *
     * @param store where the source's files are
     * @param framing how they fall into records
     * @param mayGrow whether what is a file's end now need not stay it
     * @param maxRecordBytes longest record
     */
    public record Options(FileStore store, Framing framing, boolean mayGrow, long maxRecordBytes) {}

    /**
     * @param file the file as it was found
     * @param range what of it is read; ranges other than the whole are only for files that can be cut
     * @param from how far the range has been read
     */
    public FileRecordReader(FileRef file, Framing.Range range, ReadProgress from, Options options) {
        this.file = file;
        this.range = range;
        this.options = options;
        this.compression = Compression.of(file.path());
        this.records = from.records();
        this.offset = entry() == Framing.Entry.ANYWHERE ? range.start() - lookBehind() : from.offset();
        this.seen = from.seen();
        this.status = from.status();
    }

    /** Whether a file can be read in ranges: not if it is compressed as a whole, and not in every format. */
    public static boolean canBeCut(String path, Framing framing) {
        return framing instanceof Framing.Indexed
                || (Compression.of(path) == Compression.NONE
                        && ((Framing.Streamed) framing).lookBehind().isPresent());
    }

    /** Whether there is nothing more to read of the file as it was found. */
    public boolean isDone() {
        return status != Status.OPEN;
    }

    /**
     * The next record; empty if the file is done or the next record needs more work, which the next call does: a call
     * takes long only where it looks for the place to go on behind damage.
     *
     * @throws InterruptedIOException if the thread was interrupted
     * @throws IOException if the store cannot be read now, which says nothing about the file. After either exception this
     *     reader is of no use but for its {@link #progress}, from which another one goes on
     */
    public Optional<SourceRecord> poll() throws IOException {
        if (putBack != null) {
            return Optional.of(takeAgain());
        }
        if (isDone()) {
            return Optional.empty();
        }
        offsetBefore = offset;
        recordsBefore = records;
        statusBefore = status;
        try {
            if (channel == null) {
                open();
            }
            return skip == null || skip.isDone() ? recordOf(scanner.next()) : skipOn();
        } catch (ClosedByInterruptException interrupted) {
            throw (InterruptedIOException) new InterruptedIOException(file.path()).initCause(interrupted);
        } catch (ChangedFileException | DamagedContentException failed) {
            return Optional.of(refuse(failed));
        } catch (IOException failed) {
            if (options.store().mayPass(failed)) {
                throw failed;
            }
            return Optional.of(refuse(failed));
        }
    }

    private record PutBack(SourceRecord record, long offset, long records, Status status) {}

    /**
     * Takes the record back that {@link #poll} has just returned: it is returned once more, and {@link #progress} stands
     * before it until then.
     */
    public void putBack(SourceRecord last) {
        putBack = new PutBack(last, offset, records, status);
        offset = offsetBefore;
        records = recordsBefore;
        status = statusBefore;
    }

    private SourceRecord takeAgain() {
        SourceRecord record = putBack.record();
        offset = putBack.offset();
        records = putBack.records();
        status = putBack.status();
        putBack = null;
        return record;
    }

    private Optional<SourceRecord> skipOn() throws IOException {
        skip.goOn();
        return Optional.empty();
    }

    /** How far the file has been read; a reader that starts from there goes on with exactly the next record. */
    public ReadProgress progress() {
        if (channel != null && isOpenEnded() && seen.length() != offset) {
            seen = fingerprint(offset);
        }
        return new ReadProgress(offset, records, seen, status);
    }

    /** Position behind the last record that was returned. */
    public long offset() {
        return offset;
    }

    private void open() throws IOException {
        channel = options.store().open(file.path());
        long size = channel.size();
        boolean same = seen.isBeginningOf(channel);
        requireSame(same && (isOpenEnded() || seen.length() == 0 || seen.length() == size));
        if (!isOpenEnded()) {
            seen = Fingerprint.of(channel, size);
        }
        if (options.framing() instanceof Framing.Indexed indexed) {
            scanner = indexed.scan(channel, range, offset, options.maxRecordBytes());
        } else {
            openContent((Framing.Streamed) options.framing(), size);
        }
    }

    private void openContent(Framing.Streamed framing, long size) throws IOException {
        if (isPlain()) {
            long end = framing.isWholeFile() ? size : file.sizeBytes();
            content = ContentStream.of(new FileRange(channel, offset, end));
        } else {
            if (size == 0) {
                throw new DamagedContentException("the compressed file is empty");
            }
            content = compression.decompress(new FileRange(channel, 0, size));
            skip = new ContentSkip(content, offset);
        }
        scanner = framing.scan(content, entry(), options.maxRecordBytes());
    }

    private boolean isPlain() {
        return compression == Compression.NONE && options.framing() instanceof Framing.Streamed;
    }

    /** Whether what follows the last record may still change without the file being another one. */
    private boolean isOpenEnded() {
        return isPlain() && !options.framing().isWholeFile();
    }

    private Framing.Entry entry() {
        boolean anywhere = records == 0 && isPlain() && range.start() > 0 && range.start() >= lookBehind();
        return anywhere ? Framing.Entry.ANYWHERE : Framing.Entry.AT_RECORD;
    }

    private long lookBehind() {
        return ((Framing.Streamed) options.framing()).lookBehind().orElseThrow();
    }

    private static void requireSame(boolean same) throws ChangedFileException {
        if (!same) {
            throw new ChangedFileException("the file was replaced or rewritten after it had been read; only records"
                    + " appended to plain files are read: give changed content a new file name");
        }
    }

    private Optional<SourceRecord> recordOf(Scan scan) {
        if (scan instanceof Scan.Found found && !isBeyond(found.lead()) && !mustWait(found.ended())) {
            if (isBefore(found.lead())) {
                offset += found.consumed();
                return Optional.empty();
            }
            String origin = origin(offset + found.lead());
            offset += found.consumed();
            records++;
            return Optional.of(recordOf(found, origin));
        }
        if (scan instanceof Scan.End) {
            status = Status.FINISHED;
        }
        return Optional.empty();
    }

    private SourceRecord recordOf(Scan.Found found, String origin) {
        if (found instanceof Scan.Frame frame) {
            return SourceRecord.Content.of(file.source(), origin, file.modifiedMillis(), frame.bytes());
        }
        if (found instanceof Scan.TooLong record) {
            String detail = "the record has " + record.length() + " bytes, ingest.maxLineBytes allows "
                    + options.maxRecordBytes();
            return new SourceRecord.Failure(
                    file.source(),
                    origin,
                    file.modifiedMillis(),
                    DeadLetterReason.LINE_TOO_LONG,
                    detail,
                    record.excerpt(),
                    record.length());
        }
        Scan.Damaged damaged = (Scan.Damaged) found;
        return failure(origin, damaged.reason(), damaged.detail(), damaged.bytes());
    }

    /** A range too near to the file's beginning to look behind is read from there, and what precedes it passed over. */
    private boolean isBefore(long lead) {
        return isPlain() && offset + lead < range.start();
    }

    /** What begins behind the range is another reader's. Of indexed files the scanner itself keeps to the range. */
    private boolean isBeyond(long lead) {
        if (!isPlain() || offset + lead < range.end()) {
            return false;
        }
        status = Status.FINISHED;
        return true;
    }

    /** A record of a plain file that grows is one once it has ended; until then the file counts as read. */
    private boolean mustWait(boolean recordEnded) {
        if (recordEnded || !options.mayGrow() || !isOpenEnded()) {
            return false;
        }
        status = Status.FINISHED;
        return true;
    }

    private SourceRecord refuse(IOException failed) {
        status = Status.REFUSED;
        byte[] begun = scanner == null ? new byte[0] : scanner.begun();
        return failure(origin(offset), reasonOf(failed), detailOf(failed), begun);
    }

    private SourceRecord failure(String origin, DeadLetterReason reason, String detail, byte[] bytes) {
        return new SourceRecord.Failure(file.source(), origin, file.modifiedMillis(), reason, detail, bytes);
    }

    private String origin(long position) {
        boolean indexed = options.framing() instanceof Framing.Indexed;
        return new Origin(file.path(), indexed ? Origin.Unit.ROW : Origin.Unit.BYTE, position).toString();
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
