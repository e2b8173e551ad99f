package org.alluvium.flink.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.s3.StoreTraffic;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.flink.sink.CommitProbe.Point;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Written;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hands outcomes to an {@link OutcomeWriter}, and before every checkpoint barrier, and at the end of input, closes its
 * files and tells the committer. So it has nothing to keep in state: what lies before a barrier has left it.
 */
final class ShardWritingOperator extends AbstractStreamOperator<Written>
        implements OneInputStreamOperator<Outcome, Written> {

    private static final long serialVersionUID = 1L;

    /** What {@link CommitProbe} is told at the end of input, where no checkpoint has been begun. */
    private static final long END_OF_INPUT = -1;

    private final SinkSettings settings;
    private final CommitProbe probe;

    private transient OutcomeWriter writer;
    private transient FunnelMetrics funnel;

    ShardWritingOperator(SinkSettings settings, CommitProbe probe) {
        this.settings = settings;
        this.probe = probe;
    }

    @Override
    public void open() throws Exception {
        super.open();
        funnel = new FunnelMetrics(getMetricGroup());
        run(() -> {
            String attempt = attempt();
            StoreTraffic traffic = new StoreTraffic();
            IngestMetrics.tell(getMetricGroup(), traffic);
            CorpusOutput output =
                    CorpusOutput.open(settings.corpus(), scratch().resolve("alluvium-" + attempt), traffic);
            writer = new OutcomeWriter(settings, output, attempt, new SecureRandom());
        });
    }

    /** Flink's own folder for what need not outlive the process. */
    private Path scratch() {
        return Path.of(getContainingTask().getEnvironment().getIOManager().getSpillingDirectoriesPaths()[0]);
    }

    /** Names only need to be unique; nothing is decided or ordered by them. */
    private String attempt() {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        return UUID.randomUUID().toString().substring(0, 18) + "-" + subtask;
    }

    @Override
    public void processElement(StreamRecord<Outcome> element) throws Exception {
        run(() -> writer.write(element.getValue()));
        funnel.count(element.getValue());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush(END_OF_INPUT);
        super.finish();
    }

    private void flush(long checkpointId) throws Exception {
        run(() -> {
            Written written = writer.flush();
            probe.reached(Point.FILES_WRITTEN, checkpointId);
            if (!written.isEmpty()) {
                output.collect(new StreamRecord<>(written));
            }
        });
    }

    /** A disk that is full or gone is for a person to see to; an object store may come back by itself. */
    private void run(NonRecoverable.Action action) throws Exception {
        NonRecoverable.run(() -> {
            try {
                action.run();
            } catch (IOException e) {
                throw StorageException.of("write a shard", settings.corpus().location(), e);
            }
        });
    }

    @Override
    public void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
        super.close();
    }
}
