package org.alluvium.trainer.eval;

import java.util.Set;
import java.util.function.LongSupplier;
import org.alluvium.trainer.model.TrainableModel;

/** Evaluates the very model, while training waits. */
final class BetweenSteps implements EvaluationPlace {

    private final Evaluation evaluation;
    private final EvaluationReports reports;
    private final LongSupplier nanoTime;

    BetweenSteps(TrainableModel model, EvaluationMaterial material, EvaluationReports reports, LongSupplier nanoTime) {
        this.evaluation = new Evaluation(model, material, () -> {});
        this.reports = reports;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean isBusy() {
        return false;
    }

    @Override
    public void begin(long step, Set<EvaluationKind> kinds) {
        long started = nanoTime.getAsLong();
        reports.run(evaluation, step, kinds);
        long nanos = nanoTime.getAsLong() - started;
        reports.took(step, kinds, nanos, nanos);
    }

    @Override
    public void awaitIdle() {
        // it is idle whenever it can be asked
    }
}
