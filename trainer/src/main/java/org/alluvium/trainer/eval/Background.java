package org.alluvium.trainer.eval;

import java.util.Set;
import java.util.function.LongSupplier;
import org.alluvium.trainer.copy.WeightsCopy;
import org.alluvium.trainer.model.TrainableModel;

/** Evaluates a copy of the weights while training goes on. Training waits for the copying alone. */
final class Background implements EvaluationPlace {

    private final TrainableModel model;
    private final WeightsCopy copy;
    private final EvaluationReports reports;
    private final LongSupplier nanoTime;
    private final Evaluation evaluation;

    /** @param model that is trained */
    Background(
            TrainableModel model,
            WeightsCopy copy,
            EvaluationMaterial material,
            EvaluationReports reports,
            LongSupplier nanoTime) {
        this.model = model;
        this.copy = copy;
        this.reports = reports;
        this.nanoTime = nanoTime;
        this.evaluation = new Evaluation(copy.model(), material, copy::requireWanted);
    }

    @Override
    public boolean isBusy() {
        return copy.isBusy();
    }

    @Override
    public void begin(long step, Set<EvaluationKind> kinds) {
        long started = nanoTime.getAsLong();
        copy.takeOver(model);
        long stall = nanoTime.getAsLong() - started;
        copy.begin(() -> evaluate(step, kinds, stall));
    }

    private void evaluate(long step, Set<EvaluationKind> kinds, long stallNanos) {
        long started = nanoTime.getAsLong();
        reports.run(evaluation, step, kinds);
        reports.took(step, kinds, stallNanos, nanoTime.getAsLong() - started);
    }

    @Override
    public void awaitIdle() {
        copy.awaitIdle();
    }
}
