package org.alluvium.flink.intake;

import java.util.HashMap;
import java.util.Map;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes on the outcomes of what readers have taken, and says before every checkpoint barrier, and at the end of input, how
 * much that was. Since the count leaves ahead of the barrier like the records themselves, a restart takes back both and
 * nothing needs to be kept in state. Barriers must be aligned: the job does not enable unaligned checkpoints.
 *
 * <p>Tells by source how much was read, and the latest event time; and the watermark.
 */
public final class ArriveOperator extends AbstractStreamOperator<Outcome>
        implements OneInputStreamOperator<Arrival, Outcome> {

    private static final long serialVersionUID = 1L;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** A source, or one partition of it. */
    private record Place(String source, String partition) {

        /** Its name in the log: only where subtasks share a source the name must tell them apart. */
        String name(int subtask, int subtasks) {
            if (partition.isEmpty()) {
                return subtasks == 1 ? source : source + '@' + subtask;
            }
            return source + ':' + partition;
        }
    }

    /** What has been read of a place since the last barrier. */
    private static final class Advance {
        private long records;
        private long bytes;
        private Arrival last;

        void add(Arrival arrival) {
            records++;
            bytes += arrival.bytes();
            last = arrival;
        }

        SourcePosition position() {
            return new SourcePosition(last.position(), records, bytes, last.timeMillis());
        }
    }

    /** What is told of a source. */
    private static final class Meter {
        private final Counter records;
        private final Counter bytes;
        private volatile long latestMillis;

        Meter(MetricGroup group, String source, long firstMillis) {
            records = IngestMetrics.count(group, IngestMetrics.RECORDS, source);
            bytes = IngestMetrics.count(group, IngestMetrics.RECORD_BYTES, source);
            latestMillis = firstMillis;
            IngestMetrics.tell(group, IngestMetrics.EVENT_TIME, () -> latestMillis / MILLIS_PER_SECOND, source);
        }

        void add(Arrival arrival) {
            records.inc();
            bytes.inc(arrival.bytes());
            latestMillis = Math.max(latestMillis, arrival.timeMillis());
        }
    }

    private transient Map<Place, Advance> advances;
    private transient Map<String, Meter> meters;
    private transient volatile long watermarkMillis;
    private transient long read;

    @Override
    public void open() throws Exception {
        super.open();
        advances = new HashMap<>();
        meters = new HashMap<>();
        watermarkMillis = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<Arrival> element) {
        Arrival arrival = element.getValue();
        read++;
        advances.computeIfAbsent(new Place(arrival.source(), arrival.partition()), place -> new Advance())
                .add(arrival);
        Meter meter = meters.get(arrival.source());
        if (meter == null) {
            meter = new Meter(getMetricGroup(), arrival.source(), arrival.timeMillis());
            meters.put(arrival.source(), meter);
        }
        meter.add(arrival);
        output.collect(element.replace(arrival.outcome()));
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        boolean first = watermarkMillis == Long.MIN_VALUE;
        watermarkMillis = watermark.getTimestamp();
        if (first) {
            IngestMetrics.tell(getMetricGroup(), IngestMetrics.WATERMARK, () -> watermarkMillis / MILLIS_PER_SECOND);
        }
        super.processWatermark(watermark);
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
        if (read > 0) {
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            Map<String, SourcePosition> positions = new HashMap<>();
            advances.forEach((place, advance) -> positions.put(place.name(subtask, subtasks), advance.position()));
            output.collect(new StreamRecord<>(new Outcome.Progress(subtask, read, positions)));
            advances.clear();
            read = 0;
        }
    }
}
