package org.alluvium.ingest.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.warc.MessageHead;
import org.alluvium.ingest.warc.WarcRecord;

/**
 * Cuts a web archive into its records. Not thread-safe.
 *
 * <p>Where something else stands than a record, where a header has no length, or where behind the announced length no line
 * ends, one damaged record reaches up to the next line that begins like a record, so that damage costs the records it lies in
 * and none besides, unless it makes a length larger than a record may be: so many bytes are passed over unread. Where the content is damaged itself, such as a gzip member, scanning goes on where the content does. A
 * record that the content ends in is yielded as far as it goes, as one that has not ended.
 *
 * <p>How it works: {@link #step} makes of the window what can be made of it, and is called again with more. A record stays in
 * the window until it is whole; of one that is too long or damaged, only what is kept of it.
 */
final class WarcScanner implements RecordScanner {

    private static final byte[] MAGIC = WarcRecord.MAGIC.getBytes(US_ASCII);
    private static final byte[] SEPARATOR = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] NEXT_RECORD = ("\n" + WarcRecord.MAGIC + "1.").getBytes(US_ASCII);

    /** Headers have some hundred bytes; the longest part is an address. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final ContentStream content;
    private final long maxRecordBytes;
    private final Window window = new Window();
    private boolean ended;

    private Phase phase = Phase.BETWEEN;
    private long lead;
    private long recordBytes; // of the current record, once its header has been read
    private String problem = ""; // of the current record, if it is damaged
    private ByteArrayOutputStream kept = new ByteArrayOutputStream(); // of the current record, where not in the window
    private long passed; // bytes of the current record that are no longer in the window

    private enum Phase {
        BETWEEN,
        HEADER,
        BLOCK,
        TOO_LONG,
        DAMAGED
    }

    WarcScanner(ContentStream content, long maxRecordBytes) {
        this.content = content;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public Scan next() throws IOException {
        for (int worked = 0; worked < CALL_BYTES; ) {
            Phase before = phase;
            Optional<Scan> scan = step();
            if (scan.isPresent()) {
                return scan.get();
            }
            if (phase == before) {
                try {
                    int read = window.fill(content);
                    ended = read == 0;
                    worked += read;
                } catch (DamagedContentException damage) {
                    return goOnBehind(damage);
                }
            }
        }
        return new Scan.Unfinished();
    }

    /** A record, or nothing if the phase has changed or more content is needed. */
    private Optional<Scan> step() {
        return switch (phase) {
            case BETWEEN -> skipLineEnds();
            case HEADER -> readHeader();
            case BLOCK -> readBlock();
            case TOO_LONG -> passTooLong();
            case DAMAGED -> passDamaged();
        };
    }

    private Optional<Scan> skipLineEnds() {
        while (window.size() > 0 && isLineEnd(0)) {
            window.drop(1);
            lead++;
        }
        if (window.size() > 0) {
            phase = Phase.HEADER;
        }
        return window.size() == 0 && ended ? Optional.of(new Scan.End()) : Optional.empty();
    }

    private Optional<Scan> readHeader() {
        if (window.size() < MAGIC.length && !ended) {
            return Optional.empty();
        }
        if (!window.has(MAGIC, 0)) {
            return damaged("what follows is not a record of a web archive");
        }
        Optional<MessageHead> head = MessageHead.parse(window.array(), window.start(), window.end());
        if (head.isEmpty()) {
            if (ended) {
                return Optional.of(takeCutShort());
            }
            return window.size() > MAX_HEADER_BYTES ? damaged("the header does not end") : Optional.empty();
        }
        OptionalLong blockBytes = head.get().contentLength();
        if (blockBytes.isEmpty()) {
            return damaged("the header has no valid Content-Length");
        }
        recordBytes = head.get().length() + blockBytes.getAsLong();
        phase = recordBytes > maxRecordBytes ? Phase.TOO_LONG : Phase.BLOCK;
        return Optional.empty();
    }

    private Optional<Scan> readBlock() {
        if (window.size() < recordBytes + SEPARATOR.length && !ended) {
            return Optional.empty();
        }
        int length = (int) recordBytes;
        if (window.size() < length) {
            boolean anotherBegins = window.indexOf(NEXT_RECORD, 0) >= 0;
            return anotherBegins ? damaged("the record is longer than the file") : Optional.of(takeCutShort());
        }
        if (window.size() > length && !isLineEnd(length)) {
            return damaged("the record is not as long as its header says");
        }
        byte[] bytes = window.take(length);
        // The separator belongs to the record before it, so that the next one begins where its gzip member does.
        int separator = window.has(SEPARATOR, 0) ? SEPARATOR.length : 0;
        window.drop(separator);
        return Optional.of(taken(new Scan.Frame(bytes, lead, lead + length + separator, true)));
    }

    private Scan takeCutShort() {
        int length = window.size();
        return taken(new Scan.Frame(window.take(length), lead, lead + length, false));
    }

    private Optional<Scan> passTooLong() {
        pass((int) Math.min(window.size(), recordBytes - passed), DeadLetter.EXCERPT_BYTES);
        if (passed < recordBytes && !ended) {
            return Optional.empty();
        }
        boolean whole = passed == recordBytes;
        return Optional.of(taken(new Scan.TooLong(kept.toByteArray(), recordBytes, lead, lead + passed, whole)));
    }

    private Optional<Scan> damaged(String what) {
        problem = what;
        phase = Phase.DAMAGED;
        return Optional.empty();
    }

    private Optional<Scan> passDamaged() {
        int next = window.indexOf(NEXT_RECORD, 0);
        if (next < 0 && !ended) {
            // The window may end inside the mark of the next record.
            pass(Math.max(0, window.size() - NEXT_RECORD.length + 1), maxRecordBytes);
            return Optional.empty();
        }
        pass(next < 0 ? window.size() : next + 1, maxRecordBytes);
        return Optional.of(
                taken(new Scan.Damaged(DeadLetterReason.NOT_WARC, problem, kept.toByteArray(), lead, lead + passed)));
    }

    private void pass(int length, long mostKept) {
        window.moveTo(kept, length, mostKept);
        passed += length;
    }

    private Scan goOnBehind(DamagedContentException damage) throws IOException {
        if (!content.resynchronize()) {
            throw damage;
        }
        pass(window.size(), maxRecordBytes);
        long consumed = lead + passed + 1; // what cannot be read counts as one byte
        return taken(new Scan.Damaged(
                DeadLetterReason.FILE_DAMAGED, damage.getMessage(), kept.toByteArray(), lead, consumed));
    }

    /** Begins the next record. */
    private Scan taken(Scan scan) {
        phase = Phase.BETWEEN;
        lead = 0;
        passed = 0;
        if (kept.size() > 0) {
            kept = new ByteArrayOutputStream(); // memory for a large record is given back
        }
        return scan;
    }

    private boolean isLineEnd(int index) {
        return window.at(index) == '\n' || window.at(index) == '\r';
    }

    @Override
    public byte[] begun() {
        byte[] bytes = passed > 0 ? kept.toByteArray() : window.first(DeadLetter.EXCERPT_BYTES);
        return Arrays.copyOf(bytes, Math.min(bytes.length, DeadLetter.EXCERPT_BYTES));
    }
}
