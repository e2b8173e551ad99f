package org.alluvium.dashboard.probe;

import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.generate.Generator;
import org.alluvium.trainer.generate.Sampling;

/**
 * A text, gone on with.
 *
 * @param text with what was added
 * @param ended whether the model said that the document ends here
 */
public record Continuation(String text, boolean ended) {

    /** Most tokens that are added at once. */
    public static final int MOST_TOKENS = 64;

    /** Lets the model of a checkpoint go on with a text by some tokens. */
    public static Continuation of(
            LoadedModel loaded, Checkpoint checkpoint, String text, int tokens, Sampling sampling) {
        Vocabulary vocabulary = loaded.vocabulary(checkpoint);
        int[] prompt = loaded.tokens(checkpoint, text);
        int stop = checkpoint.ends().eos() ? vocabulary.eosId() : Vocabulary.NONE;
        int[] added = new Generator(loaded.of(checkpoint)).generate(prompt, tokens, stop, sampling);
        int[] all = new int[prompt.length + added.length];
        System.arraycopy(prompt, 0, all, 0, prompt.length);
        System.arraycopy(added, 0, all, prompt.length, added.length);
        return new Continuation(vocabulary.decode(all), added.length < tokens);
    }
}
