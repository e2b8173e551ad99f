package org.alluvium.trainer.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.model.Insight;
import org.alluvium.trainer.model.TrainableModel;

/**
 * A text as a model reads it.
 *
 * @param tokens in their order
 * @param bitsPerByte what all of them that were told beforehand cost, over the bytes of the text
 * @param next what could come after the last
 * @param leftOut tokens at the end that are more than is read
 */
public record Reading(List<Token> tokens, double bitsPerByte, List<Candidate> next, int leftOut) {

    static final int MOST_TOKENS = 256;
    private static final int ALTERNATIVES = 5;
    private static final int NEXT = 10;
    private static final double LN_2 = Math.log(2);

    /**
     * A token of the text.
     *
     * @param id of the token
     * @param text of it
     * @param probability that the model gave it, null where nothing stood before it
     * @param rank among all tokens, 1 being the likeliest; 0 where nothing stood before it
     * @param instead the likeliest at its place
     */
    public record Token(int id, String text, Double probability, int rank, List<Candidate> instead) {}

    /**
     * Lets a model read a text.
     *
     * @param all its tokens, at least one
     */
    public static Reading of(TrainableModel model, int[] all, Vocabulary vocabulary) {
        int length = Math.min(all.length, Math.min(MOST_TOKENS, model.shape().context()));
        int[] ids = Arrays.copyOf(all, length);
        Insight insight = model.inspect(ids);
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(ids[0], TokenText.of(vocabulary, ids[0]), null, 0, List.of()));
        double nats = 0;
        for (int position = 1; position < length; position++) {
            double[] probabilities = Candidate.probabilities(insight.logits(position - 1));
            nats -= Math.log(probabilities[ids[position]]);
            tokens.add(token(ids[position], probabilities, vocabulary));
        }
        double[] after = Candidate.probabilities(insight.logits(length - 1));
        int bytes = vocabulary.decode(ids).getBytes(StandardCharsets.UTF_8).length;
        return new Reading(
                tokens,
                bytes == 0 ? 0 : nats / LN_2 / bytes,
                Candidate.likeliest(after, NEXT, vocabulary),
                all.length - length);
    }

    private static Token token(int id, double[] probabilities, Vocabulary vocabulary) {
        int rank = 1;
        for (double probability : probabilities) {
            rank += probability > probabilities[id] ? 1 : 0;
        }
        return new Token(
                id,
                TokenText.of(vocabulary, id),
                probabilities[id],
                rank,
                Candidate.likeliest(probabilities, ALTERNATIVES, vocabulary));
    }
}
