package org.alluvium.ingest.boilerplate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.ingest.boilerplate.TextLines.Line;

/**
 * How many of a host's newest documents have had a line, in a count-min sketch (Cormode, Muthukrishnan: An improved data stream
 * summary, 2005) with conservative update (Estan, Varghese 2002). A count is never too small; it is too large where in all of
 * {@value #ROWS} rows other lines have fallen on the same counter.
 *
 * <p>Departing from the paper, a sketch grows with what it holds: where there are more than a quarter as many different lines
 * as counters in a row, every row is doubled by a copy of itself, which leaves all counts as they are, up to {@value #WIDEST}
 * counters. And it forgets: after {@value #WINDOW} documents, or when even the widest row has half as many lines, all
 * counts are halved, and so is the number of documents, so that they speak of the newest, a count fits a byte, and a sketch is
 * never so full that everything seems known.
 *
 * <p>Bytes, which rest in keyed state: the format's number, 1; the number of documents, one byte; that of lines, int32,
 * big-endian; then the rows, one byte a counter, whose common length is a power of two. Not thread-safe.
 */
public final class LineSketch {

    private static final int ROWS = 4;
    private static final int NARROWEST = 64;
    private static final int WIDEST = 4096;
    private static final int WINDOW = 200;
    private static final int LARGEST = 255; // what fits a counter

    /** Which share of a document's characters, boilerplate aside, the host has had before if it is a copy. */
    private static final double COPY = 0.5;

    private static final byte FORMAT = 1;
    private static final int HEAD = 6;

    /** Bits of a line's hash that choose its counter in one row; the next row has the next ones. */
    private static final int BITS_A_ROW = 16;

    private final byte[][] counters = new byte[ROWS][NARROWEST];
    private int documents;
    private int lines; // about how many different ones were counted

    /**
     * Which lines are boilerplate.
     *
     * @param documents how many documents must have had a line; beyond 20 a host of long pages may never have as many
     * @param share of the newest documents that must have had it
     */
    public record Rule(int documents, double share) {}

    /** A sketch that has seen nothing. */
    public LineSketch() {}

    /**
     * The sketch that has been written.
     *
     * @throws IllegalArgumentException if it was not written by {@link #toBytes}
     */
    public static LineSketch of(byte[] bytes) {
        if (bytes.length < HEAD || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("no line sketch is written like these " + bytes.length + " bytes");
        }
        LineSketch sketch = new LineSketch();
        sketch.documents = Byte.toUnsignedInt(bytes[1]);
        sketch.lines = ByteBuffer.wrap(bytes).getInt(2);
        int width = (bytes.length - HEAD) / ROWS;
        for (int row = 0; row < ROWS; row++) {
            sketch.counters[row] = Arrays.copyOfRange(bytes, HEAD + row * width, HEAD + (row + 1) * width);
        }
        return sketch;
    }

    /** See the class comment. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + ROWS * width())
                .put(FORMAT)
                .put((byte) documents)
                .putInt(lines);
        for (byte[] row : counters) {
            bytes.put(row);
        }
        return bytes.array();
    }

    /**
     * Takes a document, and tells which of its lines enough documents before it have had. A document of whose other lines the
     * host has had most before is a copy, and does not count: else what is copied often would become boilerplate.
     *
     * @param document its lines, by {@link TextLines#of}; a line that it repeats counts once
     * @return indexes of those that are boilerplate
     */
    public Set<Integer> see(List<Line> document, Rule rule) {
        double enough = Math.max(rule.documents(), rule.share() * documents);
        Set<Integer> boilerplate = new TreeSet<>();
        long known = 0;
        long rest = 0;
        for (int i = 0; i < document.size(); i++) {
            Line line = document.get(i);
            int count = line.hash() == TextLines.NONE ? 0 : count(line.hash());
            if (count >= enough) {
                boilerplate.add(i);
            } else {
                rest += line.length();
                known += count > 0 ? line.length() : 0;
            }
        }
        if (known <= COPY * rest) {
            add(document);
        }
        return boilerplate;
    }

    private void add(List<Line> document) {
        document.stream()
                .mapToLong(Line::hash)
                .filter(hash -> hash != TextLines.NONE)
                .distinct()
                .forEach(this::add);
        while (width() < WIDEST && lines > width() / 4) {
            widen();
        }
        if (++documents == WINDOW || lines > WIDEST / 2) {
            halve();
        }
    }

    /** How many of the newest documents have had a line, or more. */
    int count(long line) {
        int least = Integer.MAX_VALUE;
        for (int row = 0; row < ROWS; row++) {
            least = Math.min(least, Byte.toUnsignedInt(counters[row][place(line, row)]));
        }
        return least;
    }

    private void add(long line) {
        int next = Math.min(LARGEST, count(line) + 1);
        lines += next == 1 ? 1 : 0;
        for (int row = 0; row < ROWS; row++) {
            int place = place(line, row);
            counters[row][place] = (byte) Math.max(next, Byte.toUnsignedInt(counters[row][place]));
        }
    }

    private int place(long line, int row) {
        return (int) (line >>> (row * BITS_A_ROW)) & (width() - 1);
    }

    private int width() {
        return counters[0].length;
    }

    private int taken() {
        int taken = 0;
        for (byte counter : counters[0]) {
            taken += counter == 0 ? 0 : 1;
        }
        return taken;
    }

    private void widen() {
        int width = width();
        for (int row = 0; row < ROWS; row++) {
            byte[] wider = Arrays.copyOf(counters[row], 2 * width);
            System.arraycopy(counters[row], 0, wider, width, width);
            counters[row] = wider;
        }
    }

    private void halve() {
        for (byte[] row : counters) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) (Byte.toUnsignedInt(row[i]) >>> 1);
            }
        }
        documents >>>= 1;
        lines = taken();
    }
}
