package org.alluvium.trainer.loop;

import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.trainer.eval.HeldOutEvaluation;
import org.alluvium.trainer.eval.HeldOutScore;
import org.alluvium.trainer.eval.HeldOutSet;
import org.alluvium.trainer.eval.TextSamples;
import org.alluvium.trainer.event.TrainEvents;

/** Scores held-out documents and samples texts when it is time, and reports both. Used by the training thread. */
final class Evaluator {

    private final EvalConfig config;
    private final HeldOutSet heldOut;
    private final HeldOutEvaluation evaluation;
    private final TextSamples samples;
    private final TrainEvents events;

    Evaluator(
            EvalConfig config,
            HeldOutSet heldOut,
            HeldOutEvaluation evaluation,
            TextSamples samples,
            TrainEvents events) {
        this.config = config;
        this.heldOut = heldOut;
        this.evaluation = evaluation;
        this.samples = samples;
        this.events = events;
    }

    /** Before the first step: what the model says without having learned anything. */
    void atStart() {
        if (config.sampleEverySteps() > 0) {
            sample(0);
        }
    }

    void afterStep(long step) {
        if (config.everySteps() > 0 && step % config.everySteps() == 0) {
            score(step);
        }
        if (config.sampleEverySteps() > 0 && step % config.sampleEverySteps() == 0) {
            sample(step);
        }
    }

    /** After the last step of a run that reached its goal; what was done after that very step is not done again. */
    void atEnd(long step) {
        if (config.everySteps() > 0 && step % config.everySteps() != 0) {
            score(step);
        }
        if (config.sampleEverySteps() > 0 && step % config.sampleEverySteps() != 0) {
            sample(step);
        }
    }

    private void score(long step) {
        HeldOutScore score = evaluation.score(heldOut.documents());
        if (score.textBytes() > 0) {
            events.evaluated(step, score.bitsPerByte(), score.textBytes(), score.documents());
        }
    }

    private void sample(long step) {
        samples.take().forEach((prompt, text) -> events.sampled(step, prompt, text));
    }
}
