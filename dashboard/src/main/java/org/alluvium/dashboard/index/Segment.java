package org.alluvium.dashboard.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.alluvium.contracts.error.DataException;

/**
 * A file of an index, mapped into memory. All numbers have eight bytes, the least significant first:
 *
 * <pre>
 * magic, records, notes     three numbers
 * notes                     whatever the index's owner noted, in the order in which it did
 * hashes                    of all records, ascending, unsigned
 * values                    of the same records
 * </pre>
 *
 * <p>It stays readable when its file is deleted, and is given back to the system when nobody refers to it. Immutable.
 */
final class Segment implements Run {

    static final long MAGIC = 0x3130_5844_4956_4c41L; // ALVIDX01
    static final int HEADER = 3 * Long.BYTES;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int CRC_BYTES = 1 << 20;

    private final MemorySegment bytes;
    private final long records;
    private final long notes;

    private Segment(MemorySegment bytes, long records, long notes) {
        this.bytes = bytes;
        this.records = records;
        this.notes = notes;
    }

    /**
     * Opens a file.
     *
     * @throws DataException if it is not of this format, or not whole
     */
    static Segment open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            if (bytes.byteSize() >= HEADER && bytes.get(LONG, 0) == MAGIC) {
                long records = bytes.get(LONG, Long.BYTES);
                long notes = bytes.get(LONG, 2 * Long.BYTES);
                if (bytes.byteSize() == HEADER + Long.BYTES * (notes + 2 * records)) {
                    return new Segment(bytes, records, notes);
                }
            }
        }
        throw new DataException(
                "it is no whole file of an index", file.toString(), "Delete its folder; it is made again");
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public long hash(long record) {
        return bytes.get(LONG, HEADER + Long.BYTES * (notes + record));
    }

    @Override
    public long value(long record) {
        return bytes.get(LONG, HEADER + Long.BYTES * (notes + records + record));
    }

    long[] notes() {
        long[] all = new long[Math.toIntExact(notes)];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes.get(LONG, HEADER + (long) Long.BYTES * i);
        }
        return all;
    }

    /** Checksum of the whole file. */
    long crc() {
        CRC32C crc = new CRC32C();
        for (long at = 0; at < bytes.byteSize(); at += CRC_BYTES) {
            crc.update(bytes.asSlice(at, Math.min(CRC_BYTES, bytes.byteSize() - at))
                    .asByteBuffer());
        }
        return crc.getValue();
    }

    /** Gives the values of a hash. */
    void find(long hash, LongConsumer found) {
        for (long i = lowerBound(hash); i < records && hash(i) == hash; i++) {
            found.accept(value(i));
        }
    }

    /**
     * The first record whose hash is not smaller. Hashes are even, so where one stands is known up to a few times the square root of
     * their number, and the search touches few pages.
     */
    private long lowerBound(long hash) {
        long guess = Math.unsignedMultiplyHigh(hash, records);
        long off = 4 * (long) Math.sqrt((double) records) + 4;
        long low = Math.max(0, guess - off);
        long high = Math.min(records, guess + off);
        if (low > 0 && Long.compareUnsigned(hash(low - 1), hash) >= 0) {
            low = 0;
        }
        if (high < records && Long.compareUnsigned(hash(high), hash) < 0) {
            high = records;
        }
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hash(middle), hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
