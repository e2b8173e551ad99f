package org.alluvium.trainer.suite;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.suite.Suite.Item;

/** Puts the questions of suites to a model, many in a batch; changes nothing in it. Used by one thread. */
public final class SuiteEvaluation {

    private final TrainableModel model;
    private final Runnable beforeBatch;
    private final SequenceRows rows;
    private final float[] tokenLosses;

    /**
     * @param rows B, of a batch
     * @param beforeBatch called before each batch; what it throws ends the evaluation
     */
    public SuiteEvaluation(TrainableModel model, int rows, Runnable beforeBatch) {
        int context = model.shape().context();
        this.model = model;
        this.beforeBatch = beforeBatch;
        this.rows = new SequenceRows(rows, context);
        this.tokenLosses = new float[rows * context];
    }

    /** What the model's answers come to. */
    public SuiteScore score(Suite suite) {
        Iterator<Double> losses = losses(suite).iterator();
        List<Answered> answers = new ArrayList<>();
        for (Item item : suite.items()) {
            List<Double> logLikelihoods =
                    item.sequences().stream().map(_ -> -losses.next()).toList();
            boolean foretold = suite.format().asksWhetherForetold()
                    && foretells(item.sequences().get(item.question().right()));
            answers.add(new Answered(item.question(), logLikelihoods, foretold));
        }
        return new SuiteScore(suite.name(), answers.size(), suite.format().figures(answers));
    }

    /** Of every sequence, in order. */
    private List<Double> losses(Suite suite) {
        List<Double> losses = new ArrayList<>();
        for (Item item : suite.items()) {
            for (Sequence sequence : item.sequences()) {
                if (!rows.add(sequence)) {
                    losses.addAll(scoreRows());
                    rows.add(sequence);
                }
            }
        }
        if (!rows.isEmpty()) {
            losses.addAll(scoreRows());
        }
        return losses;
    }

    private List<Double> scoreRows() {
        beforeBatch.run();
        model.evaluate(rows.batch(), tokenLosses);
        List<Double> losses = rows.losses(tokenLosses);
        rows.clear();
        return losses;
    }

    /** Whether each token of the answer is the likeliest one after those before it. */
    private boolean foretells(Sequence sequence) {
        int[] ids = sequence.ids();
        for (int token = sequence.from(); token < ids.length; token++) {
            beforeBatch.run();
            if (likeliest(model.nextTokenLogits(ids, token)) != ids[token]) {
                return false;
            }
        }
        return true;
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }
}
