package org.alluvium.dashboard.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;

/** Writes files of an index, each from sorted records that lie elsewhere. */
final class SegmentWriter {

    private static final int BUFFER_BYTES = 1 << 18;

    private SegmentWriter() {}

    /** Records of a run, those whose values are kept. */
    record Part(Run run, LongPredicate keep) {}

    /**
     * Writes a new file and syncs it, but not its name.
     *
     * @param notes in their order
     * @param parts whose records are merged; of equal hashes those of earlier ones come first
     */
    static void write(Path file, long[] notes, List<Part> parts) throws IOException {
        long records = 0;
        for (Part part : parts) {
            for (long i = 0; i < part.run().records(); i++) {
                records += part.keep().test(part.run().value(i)) ? 1 : 0;
            }
        }
        long hashes = Segment.HEADER + (long) Long.BYTES * notes.length;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            Column head = new Column(channel, 0);
            head.put(Segment.MAGIC);
            head.put(records);
            head.put(notes.length);
            for (long note : notes) {
                head.put(note);
            }
            head.flush();
            merge(parts, new Column(channel, hashes), new Column(channel, hashes + Long.BYTES * records));
            channel.force(true);
        }
    }

    private static void merge(List<Part> parts, Column hashes, Column values) throws IOException {
        PriorityQueue<Cursor> heads =
                new PriorityQueue<>(Comparator.comparing((Cursor cursor) -> cursor.hash, Long::compareUnsigned)
                        .thenComparingInt(cursor -> cursor.order));
        for (int i = 0; i < parts.size(); i++) {
            Cursor cursor = new Cursor(parts.get(i), i);
            if (cursor.advance()) {
                heads.add(cursor);
            }
        }
        while (!heads.isEmpty()) {
            Cursor head = heads.remove();
            Cursor next = heads.peek();
            boolean more = true;
            // as long as it is the smallest, so that a run alone needs no queue
            while (more && (next == null || head.isBefore(next))) {
                long value = head.value();
                if (head.part.keep().test(value)) {
                    hashes.put(head.hash);
                    values.put(value);
                }
                more = head.advance();
            }
            if (more) {
                heads.add(head);
            }
        }
        hashes.flush();
        values.flush();
    }

    /** The next record of a run. */
    private static final class Cursor {

        private final Part part;
        private final int order;
        private long at = -1;
        private long hash;

        Cursor(Part part, int order) {
            this.part = part;
            this.order = order;
        }

        boolean advance() {
            boolean more = ++at < part.run().records();
            hash = more ? part.run().hash(at) : 0;
            return more;
        }

        long value() {
            return part.run().value(at);
        }

        boolean isBefore(Cursor other) {
            int byHash = Long.compareUnsigned(hash, other.hash);
            return byHash < 0 || (byHash == 0 && order < other.order);
        }
    }

    /** Numbers that are written one after another from a place in a file on. */
    private static final class Column {

        private final FileChannel channel;
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private long position;

        Column(FileChannel channel, long position) {
            this.channel = channel;
            this.position = position;
        }

        void put(long number) throws IOException {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.putLong(number);
        }

        void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                position += channel.write(buffer, position);
            }
            buffer.clear();
        }
    }
}
