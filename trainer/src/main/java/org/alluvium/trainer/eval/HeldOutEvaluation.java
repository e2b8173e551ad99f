package org.alluvium.trainer.eval;

import java.util.List;
import java.util.function.Consumer;
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
        ScoreTally tally = new ScoreTally(TextScores.NONE);
        score(documents, tally::add);
        return tally.scores();
    }

    /**
     * The same, piece by piece: those of a document one after another.
     *
     * @param losses takes what is lost on each
     */
    void score(List<TrainingDocument> documents, Consumer<PieceLoss> losses) {
        Packer packer = new Packer(plan);
        for (TrainingDocument document : documents) {
            int offset = 0;
            while (offset < document.length()) {
                offset = packer.add(document, offset);
                if (packer.isFull()) {
                    scorePacked(packer, losses);
                }
            }
        }
        if (!packer.isEmpty()) {
            scorePacked(packer, losses);
        }
    }

    private void scorePacked(Packer packer, Consumer<PieceLoss> losses) {
        for (Batch batch : packer.batches()) {
            beforeBatch.run();
            model.evaluate(batch, tokenLosses);
        }
        PieceLoss.of(packer.pieces(), tokenLosses).forEach(losses);
        packer.clear();
    }
}
