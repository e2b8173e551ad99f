package org.alluvium.flink.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.file.FileRecordReader;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one split after the other, the smallest sequence first, in the task's own thread: between two calls of {@link
 * #pollNext} it stands exactly behind the last record emitted, which is what makes a checkpoint exact. A source that rests,
 * because it may not flow faster or its store cannot be reached, keeps its split and lets those of others go first. All
 * methods are called by that thread.
 */
final class FilesReader implements SourceReader<Arrival, FileSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(FilesReader.class);

    private final SourceReaderContext context;
    private final Counter records;
    private final Counter bytes;
    private final Counter failures;
    private final Map<String, FileRecordReader.Options> options;
    private final Gate gate;
    private final Outages outages;
    private final AssignedBacklog backlog;

    /** Splits to be read, by sequence; some may have been begun. */
    private final TreeMap<Long, FileSplit> assigned = new TreeMap<>();

    /** Readers of assigned splits that were begun, by sequence. */
    private final Map<Long, FileRecordReader> begun = new HashMap<>();

    /** Read, but the enumerator may not know; see {@link FinishAcknowledged}. */
    private final TreeMap<Long, FileSplit> unacknowledged = new TreeMap<>();

    /** Of sources that are not configured any more; kept in case they are again. */
    private final List<FileSplit> unconfigured = new ArrayList<>();

    private FileSplit current; // null if another split has to be chosen
    private Optional<Set<String>> requested = Optional.empty();
    private boolean noMoreSplits;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    /**
     * @param options how the files of each source are read
     * @param gate what their records pass
     * @param nanos a clock that never goes back, in nanoseconds since some time
     */
    FilesReader(
            SourceReaderContext context, Map<String, FileRecordReader.Options> options, Gate gate, LongSupplier nanos) {
        this.context = context;
        this.records = context.metricGroup().getIOMetricGroup().getNumRecordsInCounter();
        this.bytes = context.metricGroup().getIOMetricGroup().getNumBytesInCounter();
        this.failures = context.metricGroup().getNumRecordsInErrorsCounter();
        this.gate = gate;
        this.options = options;
        this.outages = new Outages(nanos);
        this.backlog = new AssignedBacklog(options.keySet(), context.metricGroup());
    }

    @Override
    public void start() {
        unacknowledged.values().forEach(this::report);
        chooseOrRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Arrival> output) throws IOException {
        if ((current == null || waitNanos(current) > 0) && !chooseOrRequest()) {
            if (noMoreSplits && assigned.isEmpty()) {
                return InputStatus.END_OF_INPUT;
            }
            awaitWork();
            return InputStatus.NOTHING_AVAILABLE;
        }
        read(output);
        return InputStatus.MORE_AVAILABLE;
    }

    private void read(ReaderOutput<Arrival> output) throws IOException {
        FileRecordReader reader = begun.get(current.sequence());
        long before = reader.offset();
        try {
            reader.poll().ifPresent(record -> pass(record, reader, output));
        } catch (InterruptedIOException interrupted) {
            throw interrupted;
        } catch (IOException unreachable) {
            interrupt(reader, unreachable);
            return;
        }
        bytes.inc(reader.offset() - before);
        outages.end(current.file().source());
        if (reader.isDone()) {
            finish(reader);
        }
    }

    /** Lets a record out, or puts it back for when its source has rested: its parser lacks something now. */
    private void pass(SourceRecord record, FileRecordReader reader, ReaderOutput<Arrival> output) {
        Arrival arrival;
        try {
            arrival = gate.take(record);
        } catch (UnavailableException notNow) {
            reader.putBack(record);
            return;
        }
        count(record);
        output.collect(arrival, arrival.timeMillis());
    }

    private void count(SourceRecord record) {
        records.inc();
        if (record instanceof SourceRecord.Failure failure) {
            failures.inc();
            LOG.warn("{}: {}: {}: {}", failure.source(), failure.origin(), failure.reason(), failure.detail());
        }
    }

    /** Leaves a split whose store cannot be reached until later. */
    private void interrupt(FileRecordReader reader, IOException unreachable) {
        outages.begin(current.file().source());
        LOG.warn("{}: cannot be read now, will be tried again: {}", current.file(), unreachable.toString());
        FileSplit left = current.withProgress(reader.progress());
        backlog.remove(current);
        backlog.add(left);
        assigned.put(left.sequence(), left);
        begun.remove(current.sequence());
        closeQuietly(reader);
        current = null;
    }

    private static void closeQuietly(FileRecordReader reader) {
        try {
            reader.close();
        } catch (IOException unreachable) {
            LOG.debug("Closing a file that cannot be reached", unreachable);
        }
    }

    private void finish(FileRecordReader reader) throws IOException {
        FileSplit finished = current.withProgress(reader.progress());
        reader.close();
        begun.remove(current.sequence());
        assigned.remove(current.sequence());
        backlog.remove(current);
        current = null;
        unacknowledged.put(finished.sequence(), finished);
        report(finished);
        chooseOrRequest();
    }

    private void report(FileSplit finished) {
        context.sendSourceEventToCoordinator(new SplitFinished(finished));
    }

    private long waitNanos(FileSplit split) {
        String source = split.file().source();
        return Math.max(gate.waitNanos(source), outages.waitNanos(source));
    }

    /** Makes the first split that may be read the current one; if there is none, asks for one of another source. */
    private boolean chooseOrRequest() {
        Set<String> resting = new TreeSet<>();
        for (FileSplit split : assigned.values()) {
            if (waitNanos(split) == 0) {
                current = split;
                begun.computeIfAbsent(split.sequence(), unused -> begin(split));
                return true;
            }
            resting.add(split.file().source());
        }
        current = null;
        if (!noMoreSplits && !requested.equals(Optional.of(resting))) {
            requested = Optional.of(resting);
            context.sendSourceEventToCoordinator(new SplitRequested(resting));
        }
        return false;
    }

    private FileRecordReader begin(FileSplit split) {
        return new FileRecordReader(
                split.file(),
                split.range(),
                split.progress(),
                options.get(split.file().source()));
    }

    /** Arranges to be called again when the first source has rested. */
    private void awaitWork() {
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        CompletableFuture<Void> rested = available;
        assigned.values().stream()
                .mapToLong(this::waitNanos)
                .min()
                .ifPresent(nanos -> CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS)
                        .execute(() -> rested.complete(null)));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    private void wakeUp() {
        available.complete(null);
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        requested = Optional.empty();
        for (FileSplit added : splits) {
            if (added.isDone()) {
                unacknowledged.put(added.sequence(), added);
            } else if (options.containsKey(added.file().source())) {
                assigned.put(added.sequence(), added);
                backlog.add(added);
            } else {
                LOG.warn(
                        "{} is not read: its source {} is not configured any more",
                        added.file().path(),
                        added.file().source());
                unconfigured.add(added);
            }
        }
        wakeUp();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        wakeUp();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof FinishAcknowledged acknowledged)) {
            throw new IllegalArgumentException("the enumerator of files does not send " + event);
        }
        unacknowledged.remove(acknowledged.sequence());
    }

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> state = new ArrayList<>(unacknowledged.values());
        assigned.forEach((sequence, split) -> {
            FileRecordReader reader = begun.get(sequence);
            state.add(reader == null ? split : split.withProgress(reader.progress()));
        });
        state.addAll(unconfigured);
        return state;
    }

    @Override
    public void close() throws IOException {
        for (FileRecordReader reader : begun.values()) {
            reader.close();
        }
    }
}
