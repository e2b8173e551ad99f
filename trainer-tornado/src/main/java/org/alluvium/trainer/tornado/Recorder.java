package org.alluvium.trainer.tornado;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Traffic;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.device.Step;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** Hands out the device's memory, and keeps calls until somebody looks at what came of them. */
final class Recorder implements AutoCloseable {

    private static final int ALIGNMENT = 16; // elements: a cache line, and what coalesced reads of a GPU begin at
    private static final int PIECE = 1 << 16; // elements that a call carries in
    private static final int SENT_PIECE = 1 << 22; // elements that a call carries out
    private static final int CARRIED_AT_MOST = 1 << 26; // before calls are run that carry more than this

    private final Device device;
    private final Tape tape = new Tape();
    private Traffic traffic = Traffic.NONE;
    private int elements;
    private int[] written = new int[0]; // all indices, as they were written

    Recorder(Device device) {
        this.device = device;
    }

    Region allocate(long size) {
        long end = elements + aligned(size);
        if (end > Integer.MAX_VALUE - ALIGNMENT) {
            throw new UnavailableException(
                    "a device holds at most 2^31 numbers, and more are asked for",
                    device.name(),
                    "Choose a smaller train.batch or model, or the CPU backend");
        }
        Region region = new Region(elements, Math.toIntExact(size));
        elements = (int) end;
        return region;
    }

    /** Elements that so many take. */
    static long aligned(long size) {
        return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
    }

    Numbers allocateNumbers(int size) {
        Numbers result = new Numbers(written.length, size);
        written = Arrays.copyOf(written, Math.addExact(written.length, size));
        return result;
    }

    /** What was last written to these places. */
    int[] written(Numbers numbers, int count) {
        return Arrays.copyOfRange(written, numbers.offset(), numbers.offset() + count);
    }

    /** Records a call, if there is anything to compute. */
    void call(Kernel kernel, Extent extent, int[] arguments, float... reals) {
        if (extent.items() > 0) {
            tape.add(kernel, extent, arguments, reals);
        }
    }

    Traffic traffic() {
        return traffic;
    }

    void write(Region destination, float[] source, int count) {
        for (int from = 0; from < count; from += PIECE) {
            int piece = Math.min(PIECE, count - from);
            int[] to = {destination.offset() + from};
            call(Kernel.RECEIVE, Extent.of(piece), to, Arrays.copyOfRange(source, from, from + piece));
            if (tape.carried() > CARRIED_AT_MOST) {
                flush();
            }
        }
    }

    void write(Numbers destination, int[] source, int count) {
        System.arraycopy(source, 0, written, destination.offset(), count);
        int[] arguments = new int[1 + count];
        arguments[0] = destination.offset();
        System.arraycopy(source, 0, arguments, 1, count);
        call(Kernel.RECEIVE_NUMBERS, Extent.of(count), arguments);
    }

    /** Runs what was recorded. */
    void flush() {
        device.grow(elements, written.length);
        traffic = tape.playTo(device, traffic);
    }

    /** Runs what was recorded, and copies elements out, as floats in the machine's byte order. */
    void read(Region source, MemorySegment destination, int count) {
        flush();
        MemorySegment none = MemorySegment.ofArray(new float[Math.min(count, SENT_PIECE)]);
        for (int from = 0; from < count; from += SENT_PIECE) {
            int piece = Math.min(SENT_PIECE, count - from);
            long bytes = (long) piece * Float.BYTES;
            List<Step> program = List.of(new Step(Kernel.SEND, Extent.of(piece), 1, piece));
            MemorySegment at = MemorySegment.ofArray(new int[] {source.offset() + from});
            MemorySegment sent = device.run(program, at, none.asSlice(0, bytes));
            MemorySegment.copy(sent, 0, destination, (long) from * Float.BYTES, bytes);
            traffic = traffic.plus(1, Integer.BYTES, bytes);
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
