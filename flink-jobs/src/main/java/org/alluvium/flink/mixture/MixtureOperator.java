package org.alluvium.flink.mixture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.flink.sink.NonRecoverable;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.mixture.Mixture;
import org.alluvium.ingest.reject.Reject;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of every candidate how often it is trained on, makes an {@link Outcome.Rejected} of one that is left out, and passes
 * on everything else. How many of each source it was, by which weights, is said before every checkpoint barrier, and at the
 * end of input.
 *
 * <p>Weights are read when the task opens and at every barrier, so those in force change between two commits and never
 * within one of a task; two tasks that look at the control file just before and after it changes are one commit apart. What
 * they decided stands in the log, and what was not committed is decided anew after a restart, so nothing is kept in state.
 * A control file that makes no sense keeps a job from starting; a running one warns, and goes on with the weights it has.
 */
public final class MixtureOperator extends AbstractStreamOperator<Outcome>
        implements OneInputStreamOperator<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(MixtureOperator.class);

    private static final String FILTER = "mixture";
    private static final String LEFT_OUT = "left_out";

    private final Weights weights;

    private transient Mixture mixture;
    private transient Map<String, Tally> tallies;

    /** What was decided of one source since the last barrier. */
    private static final class Tally {
        private long documents;
        private long repeats;
    }

    public MixtureOperator(Weights weights) {
        this.weights = weights;
    }

    @Override
    public void open() throws Exception {
        super.open();
        tallies = new HashMap<>();
        NonRecoverable.run(() -> mixture = weights.read());
    }

    @Override
    public void processElement(StreamRecord<Outcome> element) {
        if (element.getValue() instanceof Outcome.Candidate candidate) {
            output.collect(element.replace(decide(candidate)));
        } else {
            output.collect(element);
        }
    }

    private Outcome decide(Outcome.Candidate candidate) {
        String source = candidate.document().source();
        int repeat = mixture.repeat(source, candidate.hash());
        Tally tally = tallies.computeIfAbsent(source, name -> new Tally());
        tally.documents++;
        tally.repeats += repeat;
        return repeat > 0 ? candidate.withRepeat(repeat) : leftOut(candidate);
    }

    private static Outcome leftOut(Outcome.Candidate candidate) {
        String text = candidate.document().text();
        Reject reject = new Reject(
                candidate.hash(),
                candidate.document(),
                text.codePointCount(0, text.length()),
                FILTER,
                LEFT_OUT,
                "",
                List.of());
        return new Outcome.Rejected(reject.bare(), candidate.versioned(), false);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        report();
        look();
    }

    @Override
    public void finish() throws Exception {
        report();
        super.finish();
    }

    private void report() {
        if (!tallies.isEmpty()) {
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            List<MixtureShare> shares = tallies.entrySet().stream()
                    .map(entry -> share(entry.getKey(), entry.getValue()))
                    .toList();
            output.collect(new StreamRecord<>(new Outcome.Mixed(subtask, MixtureShare.sum(shares))));
            tallies.clear();
        }
    }

    private MixtureShare share(String source, Tally tally) {
        return new MixtureShare(source, mixture.epochsOf(source), tally.documents, tally.repeats);
    }

    private void look() {
        try {
            Mixture now = weights.read();
            if (!now.equals(mixture)) {
                LOG.info("The mixture changes from {} to {}", mixture, now);
                mixture = now;
            }
        } catch (AlluviumException e) {
            LOG.warn("The mixture stays as it is, {}: {}", mixture, e.getMessage());
        }
    }
}
