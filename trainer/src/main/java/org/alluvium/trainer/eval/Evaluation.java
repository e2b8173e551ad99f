package org.alluvium.trainer.eval;

import java.util.Set;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.score.TextScores;
import org.alluvium.trainer.suite.SuiteEvaluation;
import org.alluvium.trainer.suite.SuiteScore;

/**
 * Everything a model is asked now and then. What it answers is a function of its weights and of the material, not of where or
 * when it is asked. Changes nothing in the model. Used by one thread.
 */
final class Evaluation {

    private final EvaluationMaterial material;
    private final HeldOutEvaluation heldOut;
    private final SuiteEvaluation suites;
    private final GeneratedSamples samples;

    /** Hears what comes out, as it does. */
    interface Listener {

        void heldOut(long step, TextScores scores);

        void suite(long step, SuiteScore score);

        void sampled(long step, String prompt, String text);
    }

    /** @param beforeBatch called before each batch; what it throws ends an evaluation */
    Evaluation(TrainableModel model, EvaluationMaterial material, Runnable beforeBatch) {
        this.material = material;
        this.heldOut = new HeldOutEvaluation(model, beforeBatch);
        this.suites = new SuiteEvaluation(model, 1, beforeBatch);
        this.samples = new GeneratedSamples(model, material.prompts());
    }

    /** Asks for the given kinds, held-out documents first. */
    void run(long step, Set<EvaluationKind> kinds, Listener listener) {
        if (kinds.contains(EvaluationKind.HELD_OUT)) {
            TextScores scores = heldOut.score(material.heldOut().get());
            if (scores.all().textBytes() > 0) {
                listener.heldOut(step, scores);
            }
        }
        if (kinds.contains(EvaluationKind.SAMPLES)) {
            samples.take().forEach((prompt, text) -> listener.sampled(step, prompt, text));
        }
        if (kinds.contains(EvaluationKind.SUITES)) {
            material.suites().forEach(suite -> listener.suite(step, suites.score(suite)));
        }
    }
}
