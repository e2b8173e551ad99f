package org.alluvium.tokenizer.tool;

import java.nio.file.Path;
import java.util.List;

/**
 * A vocabulary to be trained.
 *
 * @param inputs UTF-8 text files, one sentence or document a line; lines beyond a megabyte are left out by the trainer
 * @param prefix the vocabulary becomes {@code prefix.model}, with a readable {@code prefix.vocab} beside it
 * @param size number of pieces, at least 300, since 256 of them are bytes and 3 are marks
 * @param threads threads of the trainer; another number may give another vocabulary
 */
public record TrainingRequest(List<Path> inputs, Path prefix, int size, int threads) {

    public static final int MIN_SIZE = 300;

    public TrainingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a vocabulary needs at least one file of text");
        }
        if (size < MIN_SIZE) {
            throw new IllegalArgumentException("a vocabulary has at least " + MIN_SIZE + " pieces, not " + size);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("the trainer needs at least one thread, not " + threads);
        }
    }

    /** The model file. */
    public Path model() {
        return prefix.resolveSibling(prefix.getFileName() + ".model");
    }

    /** The readable list of pieces and scores. */
    public Path list() {
        return prefix.resolveSibling(prefix.getFileName() + ".vocab");
    }
}
