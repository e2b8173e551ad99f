package org.alluvium.trainer.eval;

import java.util.Set;

/** Where a model under training is evaluated. Used by the training thread. */
sealed interface EvaluationPlace permits BetweenSteps, Background {

    /** Whether an evaluation is going on. */
    boolean isBusy();

    /** Begins an evaluation of the model as it is now; none may be going on. */
    void begin(long step, Set<EvaluationKind> kinds);

    /** Waits until no evaluation is going on. */
    void awaitIdle();
}
