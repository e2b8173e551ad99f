package org.alluvium.ingest.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scans content held in memory and writes down what comes out. */
public final class Scans {

    private Scans() {}

    /** What a scan found: where the record begins, and what it is. */
    public record Found(long begin, String what) {}

    /** Everything in the content from its beginning. */
    public static List<Found> all(Framing.Streamed framing, byte[] content, long maxRecordBytes) {
        return drain(framing.scan(stream(content, 0), Framing.Entry.AT_RECORD, maxRecordBytes), 0, Long.MAX_VALUE);
    }

    /** What begins in the range, found as a reader of that range finds it. */
    public static List<Found> range(
            Framing.Streamed framing, byte[] content, Framing.Range range, long maxRecordBytes) {
        if (range.start() == 0) {
            return drain(framing.scan(stream(content, 0), Framing.Entry.AT_RECORD, maxRecordBytes), 0, range.end());
        }
        int from = Math.max(0, (int) range.start() - framing.lookBehind().orElseThrow());
        return drain(framing.scan(stream(content, from), Framing.Entry.ANYWHERE, maxRecordBytes), from, range.end());
    }

    private static ContentStream stream(byte[] content, int from) {
        return ContentStream.of(new ByteArrayInputStream(content, from, content.length - from));
    }

    private static List<Found> drain(RecordScanner scanner, long from, long end) {
        List<Found> found = new ArrayList<>();
        long position = from;
        try {
            for (Scan scan = scanner.next(); !(scan instanceof Scan.End); scan = scanner.next()) {
                if (scan instanceof Scan.Frame frame) {
                    found.add(new Found(position + frame.lead(), new String(frame.bytes(), UTF_8)));
                    position += frame.consumed();
                } else if (scan instanceof Scan.TooLong tooLong) {
                    found.add(new Found(position + tooLong.lead(), "too long: " + tooLong.length()));
                    position += tooLong.consumed();
                } else if (scan instanceof Scan.Damaged damaged) {
                    found.add(new Found(position + damaged.lead(), "damaged: " + damaged.reason()));
                    position += damaged.consumed();
                }
                if (!found.isEmpty() && found.get(found.size() - 1).begin() >= end) {
                    return found.subList(0, found.size() - 1);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return found;
    }

    /** The union of the ranges that the cuts make, which must be the same for all cuts. */
    public static List<Found> union(Framing.Streamed framing, byte[] content, long maxRecordBytes, int... cuts) {
        List<Found> found = new ArrayList<>();
        int[] ordered = Arrays.stream(cuts).sorted().distinct().toArray();
        long start = 0;
        for (int cut : ordered) {
            if (cut > start && cut < content.length) {
                found.addAll(range(framing, content, new Framing.Range(start, cut), maxRecordBytes));
                start = cut;
            }
        }
        found.addAll(range(framing, content, new Framing.Range(start, content.length), maxRecordBytes));
        return found;
    }
}
