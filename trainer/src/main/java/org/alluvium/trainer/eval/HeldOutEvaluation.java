package org.alluvium.trainer.eval;

import java.util.List;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Packer;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.TrainableModel;

/**
 * Scores documents whole, packed and cut exactly as in training, so that held-out and prequential bits per byte compare. With
 * BOS, a document's first piece of text is predicted from BOS and counts; without, it is only context. Used by one thread.
 */
public final class HeldOutEvaluation {

    private final TrainableModel model;
    private final BatchPlan plan;
    private final float[] tokenLosses;

    /** @param plan gives the size of batches; {@code accumulate} plays no part */
    public HeldOutEvaluation(TrainableModel model, BatchPlan plan) {
        this.model = model;
        this.plan = plan.withAccumulate(1);
        this.tokenLosses = new float[this.plan.tokensPerStep()];
    }

    /** Scores the documents; changes nothing in the model. */
    public HeldOutScore score(List<TrainingDocument> documents) {
        Packer packer = new Packer(plan);
        HeldOutScore score = new HeldOutScore(0, 0, 0);
        for (TrainingDocument document : documents) {
            int offset = 0;
            while (offset < document.length()) {
                offset = packer.add(document, offset);
                if (packer.isFull()) {
                    score = scorePacked(packer, score);
                }
            }
        }
        if (!packer.isEmpty()) {
            score = scorePacked(packer, score);
        }
        return new HeldOutScore(documents.size(), score.textBytes(), score.lossSum());
    }

    private HeldOutScore scorePacked(Packer packer, HeldOutScore before) {
        double lossSum = before.lossSum();
        for (Batch batch : packer.batches()) {
            lossSum += model.evaluate(batch, tokenLosses);
        }
        long bytes = packer.pieces().stream().mapToLong(Piece::textBytes).sum();
        packer.clear();
        return new HeldOutScore(before.documents(), before.textBytes() + bytes, lossSum);
    }
}
