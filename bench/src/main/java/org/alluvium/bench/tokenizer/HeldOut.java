package org.alluvium.bench.tokenizer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.store.Sha256;

/**
 * Texts in two files: what vocabularies are trained on, and every 20th hundred of lines, which they are judged by.
 *
 * @param training 19 of 20 lines
 * @param heldOut the others
 */
record HeldOut(Path training, Path heldOut) {

    private static final int BLOCK_LINES = 100;
    private static final int BLOCKS = 20;

    /** Splits texts, one behind the other. */
    static HeldOut split(List<Path> texts, Path folder) throws IOException {
        HeldOut split = new HeldOut(folder.resolve("training.txt"), folder.resolve("held-out.txt"));
        try (OutputStream training = new BufferedOutputStream(Files.newOutputStream(split.training));
                OutputStream heldOut = new BufferedOutputStream(Files.newOutputStream(split.heldOut))) {
            long number = 0;
            for (Path text : texts) {
                for (String line : Files.readAllLines(text)) {
                    boolean last = number++ / BLOCK_LINES % BLOCKS == BLOCKS - 1;
                    (last ? heldOut : training).write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return split;
    }

    long trainingBytes() throws IOException {
        return Files.size(training);
    }

    long heldOutBytes() throws IOException {
        return Files.size(heldOut);
    }

    String trainingDigest() throws IOException {
        return Sha256.of(training);
    }
}
