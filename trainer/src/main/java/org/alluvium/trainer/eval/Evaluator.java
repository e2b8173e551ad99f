package org.alluvium.trainer.eval;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.trainer.copy.WeightsCopy;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.model.TrainableModel;

/**
 * Evaluates a model when it is time. What is due while an evaluation is going on is done as soon as that one has ended, for the
 * step at which it begins; so how fast the machine is decides which steps are evaluated, never what comes out for a step. Used
 * by the training thread.
 */
public final class Evaluator {

    private final EvaluationSchedule schedule;
    private final EvaluationPlace place;
    private final EvaluationPlace atRest;
    private final Set<EvaluationKind> owed = EnumSet.noneOf(EvaluationKind.class);
    private final Map<EvaluationKind, Long> lastStep = new EnumMap<>(EvaluationKind.class);

    /**
     * An evaluator as configured.
     *
     * @param copy for evaluations in the background
     * @param nanoTime measures durations
     */
    public static Evaluator of(
            EvalConfig config,
            TrainableModel model,
            WeightsCopy copy,
            EvaluationMaterial material,
            TrainEvents events,
            LongSupplier nanoTime) {
        EvaluationSchedule schedule = new EvaluationSchedule(config);
        EvaluationReports reports = new EvaluationReports(events);
        EvaluationPlace itself = new BetweenSteps(model, material, reports, nanoTime);
        if (!config.inBackground()) {
            return new Evaluator(schedule, itself, itself);
        }
        EvaluationPlace beside = new Background(model, copy, material, reports, nanoTime);
        boolean onDevice = model.backend().device().isPresent(); // which would compile for every length of a sample
        return new Evaluator(schedule, beside, onDevice ? beside : itself);
    }

    /**
     * @param place where evaluations take place while steps are taken
     * @param atRest where they do when no more steps are taken
     */
    Evaluator(EvaluationSchedule schedule, EvaluationPlace place, EvaluationPlace atRest) {
        this.schedule = schedule;
        this.place = place;
        this.atRest = atRest;
    }

    /** Before the first step of a run. */
    public void atStart() {
        owed.addAll(schedule.atStart());
        begin(0);
    }

    /** After each step. */
    public void afterStep(long step) {
        owed.addAll(schedule.after(step));
        begin(step);
    }

    /**
     * After the last step of a run that has reached its goal: waits for the evaluation that is going on, and asks for everything
     * that was not asked for after this very step.
     */
    public void atEnd(long step) {
        place.awaitIdle();
        Set<EvaluationKind> missing = schedule.atEnd();
        missing.removeIf(kind -> lastStep.getOrDefault(kind, -1L) == step);
        if (!missing.isEmpty()) {
            atRest.begin(step, missing);
            atRest.awaitIdle();
        }
    }

    private void begin(long step) {
        if (!owed.isEmpty() && !place.isBusy()) {
            Set<EvaluationKind> kinds = EnumSet.copyOf(owed);
            owed.clear();
            kinds.forEach(kind -> lastStep.put(kind, step));
            place.begin(step, kinds);
        }
    }
}
