package org.alluvium.flink.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader whose records pass an {@link Intake}. While the gate is closed, the wrapped reader is not polled; what it has
 * fetched waits in its own bounded buffers.
 *
 * <p>A record that is refused entry for now is held, and the wrapped reader, which believes it has been emitted, is not
 * polled until it is. A checkpoint in between stores the splits {@linkplain Rewind put back} by that record, and the wrapped
 * reader does not hear that it is complete: it would tell others, such as a consumer group, that the record has been read.
 * The next checkpoint without such a record makes up for it. All methods are called by the task's thread.
 */
@SuppressWarnings("try") // closing throws what the wrapped reader's closing throws
final class GovernedReader<SplitT extends SourceSplit> implements SourceReader<Arrival, SplitT> {

    /**
     * Where the records go through.
     *
     * @param source whose records they are
     * @param timer a future that completes after the given time
     */
    record Gate(String source, Intake intake, Function<Duration, CompletableFuture<Void>> timer) {}

    /** A record that waits for its parser, and where it goes then. */
    private record Held(SourceRecord record, SourceOutput<Arrival> output) {}

    private final SourceReader<SourceRecord, SplitT> records;
    private final Gate gate;
    private final Rewind<SplitT> rewind;

    /** Checkpoints under way, and aborted ones of late, whose splits were put back. */
    private final NavigableSet<Long> putBack = new TreeSet<>();

    private Optional<Held> held = Optional.empty();

    GovernedReader(SourceReader<SourceRecord, SplitT> records, Gate gate, Rewind<SplitT> rewind) {
        this.records = records;
        this.gate = gate;
        this.rewind = rewind;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Arrival> output) throws Exception {
        if (!gate.intake().permits(gate.source())) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (held.isPresent()) {
            Held first = held.get();
            held = Optional.empty();
            pass(first.record(), first.output());
            return InputStatus.MORE_AVAILABLE;
        }
        InputStatus status = records.pollNext(new GatedReaderOutput(output));
        return held.isPresent() ? InputStatus.MORE_AVAILABLE : status;
    }

    private void pass(SourceRecord record, SourceOutput<Arrival> output) {
        if (held.isPresent()) {
            throw new IllegalStateException("a second record was read in one poll: " + record.origin());
        }
        try {
            Arrival arrival = gate.intake().take(record);
            output.collect(arrival, arrival.timeMillis());
        } catch (UnavailableException notNow) {
            held = Optional.of(new Held(record, output));
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        Duration wait = gate.intake().untilPermit(gate.source());
        if (!wait.isZero()) {
            return gate.timer().apply(wait);
        }
        return held.isPresent() ? CompletableFuture.completedFuture(null) : records.isAvailable();
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
        List<SplitT> splits = records.snapshotState(checkpointId);
        if (held.isEmpty()) {
            return splits;
        }
        putBack.add(checkpointId);
        return rewind.before(held.get().record(), splits);
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        records.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        records.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        records.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        boolean asRead = !putBack.contains(checkpointId);
        putBack.headSet(checkpointId, true).clear();
        if (asRead) {
            records.notifyCheckpointComplete(checkpointId);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        records.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        records.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
        records.close();
    }

    /** Sends what the wrapped reader emits through the gate; its event times are those of the documents. */
    private class GatedOutput implements SourceOutput<SourceRecord> {

        private final SourceOutput<Arrival> target;

        GatedOutput(SourceOutput<Arrival> target) {
            this.target = target;
        }

        @Override
        public void collect(SourceRecord record) {
            pass(record, target);
        }

        @Override
        public void collect(SourceRecord record, long timestamp) {
            pass(record, target);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            target.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            target.markIdle();
        }

        @Override
        public void markActive() {
            target.markActive();
        }
    }

    private final class GatedReaderOutput extends GatedOutput implements ReaderOutput<SourceRecord> {

        private final ReaderOutput<Arrival> target;

        GatedReaderOutput(ReaderOutput<Arrival> target) {
            super(target);
            this.target = target;
        }

        @Override
        public SourceOutput<SourceRecord> createOutputForSplit(String splitId) {
            return new GatedOutput(target.createOutputForSplit(splitId));
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            target.releaseOutputForSplit(splitId);
        }
    }
}
