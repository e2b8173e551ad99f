package org.alluvium.trainer.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.days.DocumentLoss;
import org.alluvium.trainer.days.Stratum;
import org.alluvium.trainer.model.TrainableModel;

/**
 * Scores documents by stratum. Each stratum is packed by itself, so what is lost on it depends on its own documents and the weights
 * alone. Used by one thread.
 */
public final class DayEvaluation {

    private final HeldOutEvaluation evaluation;

    /** @param beforeBatch called before each batch; what it throws ends the evaluation */
    public DayEvaluation(TrainableModel model, Runnable beforeBatch) {
        evaluation = new HeldOutEvaluation(model, beforeBatch);
    }

    /**
     * The losses of each document, in the order of the documents.
     *
     * @param progress takes the number of documents that are scored, after each stratum
     */
    public SortedMap<Stratum, List<DocumentLoss>> losses(
            SortedMap<Stratum, List<TrainingDocument>> strata, LongConsumer progress) {
        SortedMap<Stratum, List<DocumentLoss>> losses = new TreeMap<>();
        long done = 0;
        for (Stratum stratum : strata.keySet()) {
            List<TrainingDocument> documents = strata.get(stratum);
            losses.put(stratum, losses(documents));
            done += documents.size();
            progress.accept(done);
        }
        return Collections.unmodifiableSortedMap(losses);
    }

    private List<DocumentLoss> losses(List<TrainingDocument> documents) {
        List<DocumentLoss> losses = new ArrayList<>(documents.size());
        evaluation.score(documents, loss -> {
            if (loss.piece().from() == 0) {
                losses.add(of(loss));
            } else {
                losses.add(sum(losses.removeLast(), of(loss)));
            }
        });
        return losses;
    }

    private static DocumentLoss of(PieceLoss loss) {
        return new DocumentLoss(
                loss.piece().document().id(),
                loss.piece().scoredTokens(),
                loss.piece().textBytes(),
                loss.lossSum());
    }

    private static DocumentLoss sum(DocumentLoss begun, DocumentLoss more) {
        return new DocumentLoss(
                begun.id(),
                begun.tokens() + more.tokens(),
                begun.textBytes() + more.textBytes(),
                begun.lossSum() + more.lossSum());
    }
}
