package org.alluvium.dashboard.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.model.Insight;

/**
 * How well a model knows the beginning of a document.
 *
 * @param step of the checkpoint
 * @param tokens that were read
 * @param of tokens that the document has
 * @param lossPerToken mean cross entropy of all tokens but the first, in nats
 * @param bitsPerByte the same in bits over the bytes of their text
 */
public record DocumentLoss(long step, int tokens, int of, double lossPerToken, double bitsPerByte) {

    private static final double LN_2 = Math.log(2);

    /** Of a document's tokens; not a number where there are fewer than two. */
    public static DocumentLoss of(LoadedModel loaded, Checkpoint checkpoint, int[] document) {
        int length = Math.min(
                document.length,
                Math.min(Reading.MOST_TOKENS, checkpoint.shape().context()));
        int[] ids = Arrays.copyOf(document, length);
        if (length < 2) {
            return new DocumentLoss(checkpoint.step(), length, document.length, Double.NaN, Double.NaN);
        }
        Insight insight = loaded.of(checkpoint).inspect(ids);
        double nats = 0;
        for (int position = 1; position < length; position++) {
            nats -= Math.log(Candidate.probabilities(insight.logits(position - 1))[ids[position]]);
        }
        Vocabulary vocabulary = loaded.vocabulary(checkpoint);
        int bytes = vocabulary.decode(Arrays.copyOfRange(ids, 1, length)).getBytes(StandardCharsets.UTF_8).length;
        return new DocumentLoss(
                checkpoint.step(), length, document.length, nats / (length - 1), nats / LN_2 / Math.max(1, bytes));
    }
}
