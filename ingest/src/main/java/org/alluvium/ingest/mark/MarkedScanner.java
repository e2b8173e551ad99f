package org.alluvium.ingest.mark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.DamagedContentException;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.RecordScanner;
import org.alluvium.ingest.frame.Scan;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;

/**
 * Cuts content at its marks. Of a record that is too long only the beginning is kept; damage of the content ends the record
 * that it is in. Not thread-safe.
 */
final class MarkedScanner implements RecordScanner {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Marks marks;
    private final ContentStream content;
    private final long maxRecordBytes;

    // What can be seen. What precedes the position has been taken, and stays in sight as far as one must look behind.
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean ended;
    private DamagedContentException damage;

    private Place place;
    private long lead;
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long begunBytes;

    /** What the position is in. */
    private enum Place {
        /** A record that began before the content did. */
        FOREIGN,
        /** Filler, or a record whose beginning is damaged. */
        BETWEEN,
        RECORD
    }

    MarkedScanner(Marks marks, ContentStream content, Framing.Entry entry, long maxRecordBytes) {
        this.marks = marks;
        this.content = content;
        this.maxRecordBytes = maxRecordBytes;
        this.place = entry == Framing.Entry.ANYWHERE ? Place.FOREIGN : Place.BETWEEN;
    }

    @Override
    public Scan next() throws IOException {
        for (int worked = 0; worked < CALL_BYTES; ) {
            boolean allInSight = ended || damage != null;
            int to = allInSight ? limit : Math.max(position, limit - marks.longest() + 1);
            Marks.Mark mark = marks.find(buffer, position, to, limit);
            if (mark != null) {
                worked += mark.at() - position;
                if (pass(mark)) {
                    return take(true);
                }
            } else {
                worked += to - position;
                keep(to);
                if (allInSight) {
                    return damage == null ? atEnd() : passDamage();
                }
                fill();
            }
        }
        return new Scan.Unfinished();
    }

    /** Moves to a mark, or behind it if it is part of what precedes it; whether that is a record. */
    private boolean pass(Marks.Mark mark) {
        keep(mark.at());
        if (place == Place.FOREIGN) {
            passForeign(mark);
            return false;
        }
        if (!mark.begins()) {
            takeMark(mark);
            return true;
        }
        if (place == Place.RECORD || !marks.isFiller(begun.toByteArray())) {
            return true;
        }
        long filler = lead + begunBytes;
        begin(Place.RECORD);
        lead = filler;
        takeMark(mark);
        return false;
    }

    /** A mark that begins among the bytes that are only there to be looked at begins a foreign record too. */
    private void passForeign(Marks.Mark mark) {
        boolean foreign = lead < marks.lookBehind();
        if (mark.begins() && !foreign) {
            place = Place.RECORD;
        }
        takeMark(mark);
        if (!mark.begins()) {
            place = Place.BETWEEN;
        }
    }

    private void takeMark(Marks.Mark mark) {
        keep(mark.at() + mark.length());
    }

    private Scan atEnd() {
        boolean nothing = place == Place.FOREIGN || (place == Place.BETWEEN && marks.isFiller(begun.toByteArray()));
        return nothing ? new Scan.End() : take(marks.isWhole(begun.toByteArray()));
    }

    /** Reports what was begun before the damage, and goes on behind it. */
    private Scan passDamage() throws IOException {
        Scan scan = new Scan.Damaged(
                DeadLetterReason.FILE_DAMAGED, damage.getMessage(), begun.toByteArray(), lead, lead + begunBytes + 1);
        damage = null;
        ended = !content.resynchronize();
        position = 0;
        limit = 0;
        begin(Place.BETWEEN);
        return scan;
    }

    private Scan take(boolean whole) {
        byte[] bytes = begun.toByteArray();
        long length = begunBytes;
        long before = lead;
        begin(Place.BETWEEN);
        return length > maxRecordBytes
                ? new Scan.TooLong(excerptOf(bytes), length, before, before + length, whole)
                : new Scan.Frame(bytes, before, before + length, whole);
    }

    private void begin(Place newPlace) {
        place = newPlace;
        lead = 0;
        begun = new ByteArrayOutputStream(); // a long record's memory is given back
        begunBytes = 0;
    }

    /** Takes the bytes up to there; only counts them where they belong to nobody, or to a record that is too long. */
    private void keep(int to) {
        int bytes = to - position;
        if (place == Place.FOREIGN) {
            lead += bytes;
        } else {
            int wanted = begunBytes + bytes <= maxRecordBytes
                    ? bytes
                    : Math.max(0, Math.min(bytes, DeadLetter.EXCERPT_BYTES - begun.size()));
            begun.write(buffer, position, wanted);
            begunBytes += bytes;
        }
        position = to;
    }

    @Override
    public byte[] begun() {
        return excerptOf(begun.toByteArray());
    }

    private static byte[] excerptOf(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, DeadLetter.EXCERPT_BYTES));
    }

    private void fill() throws IOException {
        int kept = Math.max(0, position - marks.lookBehind());
        System.arraycopy(buffer, kept, buffer, 0, limit - kept);
        limit -= kept;
        position -= kept;
        try {
            int read = content.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        } catch (DamagedContentException damaged) {
            damage = damaged; // which is met when all that precedes it has been taken
        }
    }
}
