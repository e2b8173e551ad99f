package org.alluvium.trainer.eval;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.trainer.days.DayScore;
import org.alluvium.trainer.days.Stratum;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.score.TextScores;
import org.alluvium.trainer.suite.SuiteScore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of what comes out of evaluations. An evaluation that fails is reported, and costs the run nothing else. */
final class EvaluationReports implements Evaluation.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationReports.class);

    private final TrainEvents events;

    EvaluationReports(TrainEvents events) {
        this.events = events;
    }

    /** Evaluates and reports, as it comes out. */
    void run(Evaluation evaluation, long step, Set<EvaluationKind> kinds) {
        try {
            evaluation.run(step, kinds, this);
        } catch (AlluviumException e) {
            String what = "evaluation of step " + step + "; training goes on and the next one is tried";
            LOG.warn("No {}: {}", what, e.getMessage());
            events.failed(what, e.getMessage());
        }
    }

    /** How long training waited for an evaluation, and how long it took. */
    void took(long step, Set<EvaluationKind> kinds, long stallNanos, long nanos) {
        List<String> names =
                kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
        events.evaluationEnded(step, names, stallNanos, nanos);
    }

    @Override
    public void heldOut(long step, TextScores scores) {
        events.evaluated(step, scores);
    }

    @Override
    public void days(long step, long throughEntry, SortedMap<Stratum, DayScore> scores) {
        events.evaluatedByDay(step, throughEntry, scores);
    }

    @Override
    public void suite(long step, SuiteScore score) {
        events.answered(step, score);
    }

    @Override
    public void sampled(long step, String prompt, String text) {
        events.sampled(step, prompt, text);
    }
}
