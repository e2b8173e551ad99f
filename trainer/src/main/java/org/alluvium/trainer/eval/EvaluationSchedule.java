package org.alluvium.trainer.eval;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.alluvium.contracts.config.EvalConfig;

/** When what is asked: a function of the step. Immutable. */
final class EvaluationSchedule {

    private final Map<EvaluationKind, Long> everySteps = new EnumMap<>(EvaluationKind.class);

    EvaluationSchedule(EvalConfig config) {
        everySteps.put(EvaluationKind.HELD_OUT, config.everySteps());
        everySteps.put(EvaluationKind.SUITES, config.suites().isEmpty() ? 0 : config.suiteEverySteps());
        everySteps.put(EvaluationKind.SAMPLES, config.sampleEverySteps());
        everySteps.values().removeIf(steps -> steps == 0);
    }

    /** Before the first step: what the model writes without having learned anything. */
    Set<EvaluationKind> atStart() {
        return those(kind -> kind == EvaluationKind.SAMPLES);
    }

    /** After a step. */
    Set<EvaluationKind> after(long step) {
        return those(kind -> step % everySteps.get(kind) == 0);
    }

    /** After the last step of a run that has reached its goal. */
    Set<EvaluationKind> atEnd() {
        return those(_ -> true);
    }

    private Set<EvaluationKind> those(Predicate<EvaluationKind> due) {
        Set<EvaluationKind> kinds = EnumSet.noneOf(EvaluationKind.class);
        everySteps.keySet().stream().filter(due).forEach(kinds::add);
        return kinds;
    }
}
