package org.alluvium.trainer.generate;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.alluvium.trainer.model.TrainableModel;

/**
 * Continues a prompt: the prompt is read at once, and then every token costs one, as the model keeps keys and values of those
 * before. Texts longer than the context lose their beginning. Not thread-safe, as the model is not.
 */
public final class Generator {

    private final TrainableModel model;

    public Generator(TrainableModel model) {
        this.model = model;
    }

    /**
     * Generates up to {@code maxTokens} tokens.
     *
     * @param prompt ids, at least one (such as the begin-of-document id)
     * @param stopId an id that ends the text and is not returned, or a negative number for none
     * @return the generated ids, without the prompt
     */
    public int[] generate(int[] prompt, int maxTokens, int stopId, Sampling sampling) {
        return generate(prompt, maxTokens, stopId, sampling, id -> {});
    }

    /** As above, and hands over every token as soon as it is drawn. */
    public int[] generate(int[] prompt, int maxTokens, int stopId, Sampling sampling, IntConsumer onToken) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("a prompt has at least one token");
        }
        TokenDraw draw = new TokenDraw(sampling);
        int[] ids = Arrays.copyOf(prompt, prompt.length + maxTokens);
        int length = prompt.length;
        while (length < ids.length) {
            int next = draw.next(model.nextTokenLogits(ids, length));
            if (next == stopId) {
                break;
            }
            ids[length++] = next;
            onToken.accept(next);
        }
        return Arrays.copyOfRange(ids, prompt.length, length);
    }
}
