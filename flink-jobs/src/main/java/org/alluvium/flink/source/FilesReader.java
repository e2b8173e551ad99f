package org.alluvium.flink.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
 * #pollNext} it stands exactly behind the last record emitted, which is what makes a checkpoint exact. All methods are
 * called by that thread.
 */
final class FilesReader implements SourceReader<SourceRecord, FileSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(FilesReader.class);

    private final SourceReaderContext context;
    private final Counter records;
    private final Counter bytes;
    private final Counter failures;
    private final Map<String, FileRecordReader.Options> options = new HashMap<>();

    private final TreeMap<Long, FileSplit> waiting = new TreeMap<>();

    /** Read, but the enumerator may not know; see {@link FinishAcknowledged}. */
    private final TreeMap<Long, FileSplit> unacknowledged = new TreeMap<>();

    /** Of sources that are not configured any more; kept in case they are again. */
    private final List<FileSplit> unconfigured = new ArrayList<>();

    private FileSplit split; // null between splits
    private FileRecordReader reader;
    private boolean requested;
    private boolean noMoreSplits;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    FilesReader(SourceReaderContext context, List<Folder> folders, long maxLineBytes) {
        this.context = context;
        this.records = context.metricGroup().getIOMetricGroup().getNumRecordsInCounter();
        this.bytes = context.metricGroup().getIOMetricGroup().getNumBytesInCounter();
        this.failures = context.metricGroup().getNumRecordsInErrorsCounter();
        folders.forEach(folder -> options.put(
                folder.source(), new FileRecordReader.Options(Path.of(folder.path()), folder.follow(), maxLineBytes)));
    }

    @Override
    public void start() {
        unacknowledged.values().forEach(this::report);
        requestIfIdle();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> output) throws IOException {
        if (split == null && !beginNext()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        long before = reader.offset();
        reader.poll().ifPresent(record -> emit(record, output));
        bytes.inc(reader.offset() - before);
        if (reader.isDone()) {
            finish();
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void emit(SourceRecord record, ReaderOutput<SourceRecord> output) {
        records.inc();
        if (record instanceof SourceRecord.Failure failure) {
            failures.inc();
            LOG.warn("{}: {}: {}: {}", failure.source(), failure.origin(), failure.reason(), failure.detail());
        }
        output.collect(record, record.timeMillis());
    }

    private boolean beginNext() {
        if (waiting.isEmpty()) {
            requestIfIdle();
            return false;
        }
        split = waiting.pollFirstEntry().getValue();
        reader = new FileRecordReader(
                split.file(), split.progress(), options.get(split.file().source()));
        return true;
    }

    private void finish() throws IOException {
        FileSplit finished = split.withProgress(reader.progress());
        reader.close();
        split = null;
        unacknowledged.put(finished.sequence(), finished);
        report(finished);
        requestIfIdle();
    }

    private void report(FileSplit finished) {
        context.sendSourceEventToCoordinator(new SplitFinished(finished));
    }

    private void requestIfIdle() {
        if (split == null && waiting.isEmpty() && !requested && !noMoreSplits) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        requested = false;
        for (FileSplit added : splits) {
            if (added.isDone()) {
                unacknowledged.put(added.sequence(), added);
            } else if (options.containsKey(added.file().source())) {
                waiting.put(added.sequence(), added);
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
    public CompletableFuture<Void> isAvailable() {
        boolean idle = split == null && waiting.isEmpty() && !noMoreSplits;
        if (idle && available.isDone()) {
            available = new CompletableFuture<>();
        } else if (!idle) {
            available.complete(null);
        }
        return available;
    }

    private void wakeUp() {
        available.complete(null);
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
        if (split != null) {
            state.add(split.withProgress(reader.progress()));
        }
        state.addAll(waiting.values());
        state.addAll(unconfigured);
        return state;
    }

    @Override
    public void close() throws IOException {
        if (split != null) {
            reader.close();
        }
    }
}
