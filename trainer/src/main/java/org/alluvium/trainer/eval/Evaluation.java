package org.alluvium.trainer.eval;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.trainer.days.DayScore;
import org.alluvium.trainer.days.HeldOutDays;
import org.alluvium.trainer.days.Stratum;
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
    private final DayEvaluation days;
    private final SuiteEvaluation suites;
    private final GeneratedSamples samples;

    /** Hears what comes out, as it does. */
    interface Listener {

        void heldOut(long step, TextScores scores);

        /**
         * Held-out documents were scored by day of publication.
         *
         * @param throughEntry newest entry of the log that was there
         */
        void days(long step, long throughEntry, SortedMap<Stratum, DayScore> scores);

        void suite(long step, SuiteScore score);

        void sampled(long step, String prompt, String text);
    }

    /** @param beforeBatch called before each batch; what it throws ends an evaluation */
    Evaluation(TrainableModel model, EvaluationMaterial material, Runnable beforeBatch) {
        this.material = material;
        this.heldOut = new HeldOutEvaluation(model, beforeBatch);
        this.days = new DayEvaluation(model, beforeBatch);
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
            material.days().ifPresent(sample -> days(step, sample, listener));
        }
        if (kinds.contains(EvaluationKind.SAMPLES)) {
            samples.take().forEach((prompt, text) -> listener.sampled(step, prompt, text));
        }
        if (kinds.contains(EvaluationKind.SUITES)) {
            material.suites().forEach(suite -> listener.suite(step, suites.score(suite)));
        }
    }

    private void days(long step, HeldOutDays sample, Listener listener) {
        sample.readOn(HeldOutDays.Listener.NONE);
        SortedMap<Stratum, DayScore> scores = new TreeMap<>();
        days.losses(sample.documents(), done -> {})
                .forEach((stratum, losses) -> scores.put(stratum, DayScore.of(losses)));
        if (!scores.isEmpty()) {
            listener.days(step, sample.nextSequence() - 1, scores);
        }
    }
}
