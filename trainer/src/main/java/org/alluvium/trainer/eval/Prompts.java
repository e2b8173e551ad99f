package org.alluvium.trainer.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.generate.Sampling;

/**
 * What models go on with, and how.
 *
 * @param ids tokens of each prompt, by its text, in their order
 * @param vocabulary to read the tokens with
 * @param tokens to go on for, at most
 * @param sampling how tokens are drawn: every time with the same draws, so that only the model makes a difference
 */
public record Prompts(SequencedMap<String, int[]> ids, Vocabulary vocabulary, int tokens, Sampling sampling) {

    public Prompts {
        ids = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ids));
    }

    /** No prompt at all. */
    static Prompts none(Vocabulary vocabulary) {
        return new Prompts(new LinkedHashMap<>(), vocabulary, 0, new Sampling(0, 0, 1, 0));
    }

    /** @param bos what a document, and so a prompt, begins with */
    static Prompts of(EvalConfig config, Encoder encoder, Vocabulary vocabulary, OptionalInt bos, long seed) {
        SequencedMap<String, int[]> ids = new LinkedHashMap<>();
        for (String text : config.prompts()) {
            IntStream begin = bos.isPresent() ? IntStream.of(bos.getAsInt()) : IntStream.empty();
            ids.put(
                    text,
                    IntStream.concat(begin, IntStream.of(encoder.encode(text))).toArray());
        }
        return new Prompts(ids, vocabulary, config.sampleTokens(), new Sampling(config.temperature(), 0, 1, seed));
    }
}
