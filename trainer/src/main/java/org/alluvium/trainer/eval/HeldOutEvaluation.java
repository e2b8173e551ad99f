package org.alluvium.trainer.eval;

import java.util.List;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Packer;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.score.ScoreTally;
import org.alluvium.trainer.score.TextScores;

/**
 * Scores documents whole, packed and cut exactly as in training, so that held-out and prequential bits per byte compare. With
 * BOS, a document's first piece of text is predicted from BOS and counts; without, it is only context. A batch has one row,
 * so that a model which is only evaluated can be small. Used by one thread.
 */
public final class HeldOutEvaluation {

    private final TrainableModel model;
    private final BatchPlan plan;
    private final Runnable beforeBatch;
    private final float[] tokenLosses;

    /** @param beforeBatch called before each batch; what it throws ends the evaluation */
    public HeldOutEvaluation(TrainableModel model, Runnable beforeBatch) {
        this.model = model;
        this.plan = new BatchPlan(0, 1, 0, 1, model.shape().context(), 1);
        this.beforeBatch = beforeBatch;
        this.tokenLosses = new float[this.plan.tokensPerStep()];
    }

    /** Scores the documents; changes nothing in the model. */
    public TextScores score(List<TrainingDocument> documents) {
        Packer packer = new Packer(plan);
        ScoreTally tally = new ScoreTally(TextScores.NONE);
        for (TrainingDocument document : documents) {
            int offset = 0;
            while (offset < document.length()) {
                offset = packer.add(document, offset);
                if (packer.isFull()) {
                    scorePacked(packer, tally);
                }
            }
        }
        if (!packer.isEmpty()) {
            scorePacked(packer, tally);
        }
        return tally.scores();
    }

    private void scorePacked(Packer packer, ScoreTally tally) {
        for (Batch batch : packer.batches()) {
            beforeBatch.run();
            model.evaluate(batch, tokenLosses);
        }
        PieceLoss.of(packer.pieces(), tokenLosses).forEach(tally::add);
        packer.clear();
    }
}
