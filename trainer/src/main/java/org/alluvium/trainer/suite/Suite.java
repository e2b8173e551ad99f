package org.alluvium.trainer.suite;

import java.util.List;
import java.util.OptionalInt;
import org.alluvium.contracts.config.SuiteConfig;
import org.alluvium.tokenizer.Encoder;

/** A suite's questions in the tokens of a vocabulary. Immutable. */
public final class Suite {

    private final String name;
    private final SuiteFormat format;
    private final List<Item> items;

    /** A question, and a sequence for each answer. */
    record Item(Question question, List<Sequence> sequences) {

        Item {
            sequences = List.copyOf(sequences);
        }
    }

    private Suite(String name, SuiteFormat format, List<Item> items) {
        this.name = name;
        this.format = format;
        this.items = items;
    }

    /**
     * Reads a suite's files.
     *
     * @param bos what documents begin with in training
     * @param contextLength T; of longer texts the beginning is left out
     * @throws org.alluvium.contracts.error.DataException if a line is not what it should be, or there is none
     * @throws org.alluvium.contracts.error.StorageException if a file cannot be read
     */
    public static Suite read(SuiteConfig config, Encoder encoder, OptionalInt bos, int contextLength) {
        List<Item> items = SuiteFile.read(config).stream()
                .map(question -> new Item(
                        question,
                        question.answers().stream()
                                .map(answer -> Sequence.of(encoder, bos, question.context(), answer, contextLength))
                                .toList()))
                .toList();
        return new Suite(config.name(), SuiteFormat.of(config.format()), items);
    }

    public String name() {
        return name;
    }

    SuiteFormat format() {
        return format;
    }

    List<Item> items() {
        return items;
    }
}
