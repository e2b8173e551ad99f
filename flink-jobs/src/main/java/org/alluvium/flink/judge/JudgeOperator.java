package org.alluvium.flink.judge;

import java.util.Map;
import java.util.TreeMap;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.sink.NonRecoverable;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.Sample;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Makes an {@link Outcome.Candidate} or {@link Outcome.Rejected} of every unjudged document and passes on everything else.
 * From here on a document's text stays as it is, and one hash names it everywhere.
 *
 * <p>A verdict depends on the document and the chain alone, so nothing is kept in state and every parallelism comes to the
 * same. What was changed, by the filters and before them, is added up and said before every checkpoint barrier, and at the end of input: that way it
 * leaves with the documents it is about, and a restart takes back both.
 */
public final class JudgeOperator extends AbstractStreamOperator<Outcome>
        implements OneInputStreamOperator<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private final ChainFactory filters;
    private final int rejectSample;

    private transient FilterChain chain;
    private transient Sample sample;
    private transient Map<String, Long> edits;

    /** @param rejectSample how many rejected texts of each cause are stored; what a {@link Sample} is made of */
    public JudgeOperator(ChainFactory filters, int rejectSample) {
        this.filters = filters;
        this.rejectSample = rejectSample;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sample = new Sample(rejectSample);
        edits = new TreeMap<>();
        NonRecoverable.run(() -> chain = filters.open());
    }

    @Override
    public void processElement(StreamRecord<Outcome> element) {
        if (element.getValue() instanceof Outcome.Unjudged document) {
            output.collect(element.replace(judge(document)));
        } else {
            output.collect(element);
        }
    }

    private Outcome judge(Outcome.Unjudged unjudged) {
        Judgement judgement = chain.judge(unjudged.document());
        add(unjudged.edits());
        add(judgement.edits());
        Subject subject = judgement.subject();
        ContentHash hash = ContentHasher.v1(subject.text());
        if (judgement instanceof Judgement.Rejected rejected) {
            Reject reject = Reject.of(hash, rejected);
            boolean stored = sample.offer(reject.cause(), hash);
            return new Outcome.Rejected(stored ? reject : reject.bare(), unjudged.versioned(), stored);
        }
        return new Outcome.Candidate(
                hash, subject.document(), subject.quality(), 1, unjudged.versioned(), unjudged.arrivedMillis());
    }

    private void add(Map<String, Long> more) {
        more.forEach((edit, count) -> edits.merge(edit, count, Long::sum));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        report();
    }

    @Override
    public void finish() throws Exception {
        report();
        super.finish();
    }

    private void report() {
        if (!edits.isEmpty()) {
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            output.collect(new StreamRecord<>(new Outcome.Edited(subtask, edits)));
            edits.clear();
        }
    }
}
