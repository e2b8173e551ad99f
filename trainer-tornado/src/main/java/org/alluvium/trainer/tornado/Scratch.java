package org.alluvium.trainer.tornado;

import java.util.HashMap;
import java.util.Map;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** What operations need while they run, by name: the next of that name finds the same, if it is large enough. */
final class Scratch {

    private final Recorder recorder;
    private final Map<String, Region> regions = new HashMap<>();

    Scratch(Recorder recorder) {
        this.recorder = recorder;
    }

    /** At least this many elements, of any value. */
    Region elements(String name, long size) {
        if (size > Integer.MAX_VALUE) {
            throw new UnavailableException(
                    "an operation needs more than 2^31 numbers",
                    recorder.deviceName(),
                    "Choose a smaller train.batch or model, or the CPU backend");
        }
        Region known = regions.get(name);
        if (known == null || known.count() < size) {
            known = recorder.allocate(size);
            regions.put(name, known);
        }
        return known;
    }

    /** Sums squares in as many strands as said, and these in their order: the same bits on any number of threads. */
    void squaredNorm(int result, Region tensor, int strands) {
        int partial = elements("partial sums", strands).offset();
        recorder.call(Kernel.PARTIAL_SQUARES, Extent.of(strands), new int[] {partial, tensor.offset(), tensor.count()});
        recorder.call(Kernel.TOTAL, new Extent(1, 0, strands), new int[] {result, partial});
    }
}
