package org.alluvium.bench.peers.libtorch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code dump.json} says, and where the tensors beside it lie. The folder is specified at
 * {@code org.alluvium.bench.peers.BatchDump}.
 */
record Dump(int version, Shape shape, int rows, int accumulate, Optimizer optimizer, List<Step> steps) {

    private static final int VERSION = 2;

    /** The dimensions of a Llama. */
    record Shape(
            int vocabulary,
            int context,
            int layers,
            int channels,
            int heads,
            int kvHeads,
            int hidden,
            double ropeTheta,
            double normEpsilon,
            boolean tiedEmbeddings) {

        int headSize() {
            return channels / heads;
        }
    }

    /** The constants of AdamW, and the norm that gradients are clipped to; 0 does not clip. */
    record Optimizer(double beta1, double beta2, double epsilon, double weightDecay, double gradientClip) {}

    /** One update. */
    record Step(double learningRate, int tokens) {}

    /**
     * Reads the folder's {@code dump.json}.
     *
     * @throws IOException if it cannot be read, or is of another version
     */
    static Dump read(Path folder) throws IOException {
        Path file = folder.resolve("dump.json");
        Dump dump = JsonMapper.builder().build().readValue(file.toFile(), Dump.class);
        if (dump.version != VERSION) {
            throw new IOException(file + " is of version " + dump.version + ", this reads " + VERSION);
        }
        return dump;
    }
}
