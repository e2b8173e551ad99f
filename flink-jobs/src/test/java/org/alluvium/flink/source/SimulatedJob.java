package org.alluvium.flink.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.flink.types.Arrival;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A job of one reader, run one step at a time, with the rules by which Flink takes checkpoints and restores them: the
 * enumerator's part of a checkpoint comes first, what was sent to the reader before it arrives before the barrier, and
 * what is sent after it behind the barrier. Records count once the checkpoint behind them is complete.
 */
final class SimulatedJob {

    private static final int READER = 0;

    private final FilesSource source;
    private final List<String> committed = new ArrayList<>();
    private final RecordingOutput output = new RecordingOutput();

    private FakeEnumeratorContext enumeratorContext = new FakeEnumeratorContext();
    private SplitEnumerator<FileSplit, CatalogState> enumerator;
    private FakeReaderContext readerContext = new FakeReaderContext();
    private SourceReader<Arrival, FileSplit> reader;
    private boolean ended;

    private long checkpoint;

    // The last complete checkpoint, and what its enumerator has assigned since.
    private byte[] enumeratorState;
    private List<byte[]> readerState = List.of();
    private final List<FileSplit> assignedSince = new ArrayList<>();

    SimulatedJob(FilesSource source) {
        this.source = source;
        this.enumerator = source.createEnumerator(enumeratorContext);
        enumerator.start();
        startReader();
        this.enumeratorState = serialize(source.getEnumeratorCheckpointSerializer(), snapshotEnumerator());
    }

    /** Records emitted so far that a failure cannot take back, and those that it can. */
    List<String> records() {
        List<String> all = new ArrayList<>(committed);
        all.addAll(output.records());
        return all;
    }

    boolean hasEnded() {
        return ended;
    }

    void discover() {
        enumeratorContext.runPeriodic();
    }

    /** Lets the reader work; true if it had something to do. */
    boolean poll() {
        try {
            InputStatus status = reader.pollNext(output);
            ended = status == InputStatus.END_OF_INPUT;
            return status == InputStatus.MORE_AVAILABLE;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    void deliverToEnumerator() {
        readerContext.takeSent().forEach(event -> enumerator.handleSourceEvent(READER, event));
    }

    void deliverToReader() {
        for (FakeEnumeratorContext.Message message : enumeratorContext.takeSent(READER)) {
            if (message instanceof FakeEnumeratorContext.Assigned assigned) {
                assignedSince.add(assigned.split());
                reader.addSplits(List.of(assigned.split()));
            } else if (message instanceof FakeEnumeratorContext.Event event) {
                reader.handleSourceEvents(event.event());
            } else {
                reader.notifyNoMoreSplits();
            }
        }
    }

    /** Reads everything that is there. */
    void drain() {
        boolean working = true;
        while (working) {
            deliverToEnumerator();
            discover();
            deliverToReader();
            working = false;
            while (poll()) {
                working = true;
            }
        }
    }

    /** Takes a checkpoint; {@code between} is what happens between the enumerator's part and the reader's. */
    void checkpoint(Runnable between) {
        deliverToReader();
        checkpoint++;
        final byte[] enumeratorPart = serialize(source.getEnumeratorCheckpointSerializer(), snapshotEnumerator());
        between.run();
        List<byte[]> readerPart = new ArrayList<>();
        reader.snapshotState(checkpoint)
                .forEach(split -> readerPart.add(serialize(source.getSplitSerializer(), split)));
        enumeratorState = enumeratorPart;
        readerState = readerPart;
        assignedSince.clear();
        committed.addAll(output.records());
        output.clear();
        completed(checkpoint);
    }

    private void completed(long checkpointId) {
        try {
            enumerator.notifyCheckpointComplete(checkpointId);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The process dies: everything starts again from the last checkpoint. */
    void restartFromCheckpoint() {
        enumeratorContext = new FakeEnumeratorContext();
        enumerator = source.restoreEnumerator(
                enumeratorContext, deserialize(source.getEnumeratorCheckpointSerializer(), enumeratorState));
        enumerator.start();
        assignedSince.clear();
        restartReader();
    }

    /** The task dies: the enumerator lives and gets back what it had assigned since the last checkpoint. */
    void restartTask() {
        // What was on its way counts as assigned, although the reader never saw it.
        for (FakeEnumeratorContext.Message message : enumeratorContext.takeSent(READER)) {
            if (message instanceof FakeEnumeratorContext.Assigned assigned) {
                assignedSince.add(assigned.split());
            }
        }
        enumeratorContext.unregister(READER);
        enumerator.addSplitsBack(List.copyOf(assignedSince), READER);
        assignedSince.clear();
        restartReader();
    }

    private void restartReader() {
        output.clear();
        ended = false;
        readerContext = new FakeReaderContext();
        startReader();
    }

    private void startReader() {
        enumeratorContext.register(READER);
        reader = source.createReader(readerContext);
        List<FileSplit> splits = readerState.stream()
                .map(bytes -> deserialize(source.getSplitSerializer(), bytes))
                .toList();
        if (!splits.isEmpty()) {
            reader.addSplits(splits);
        }
        reader.start();
    }

    private CatalogState snapshotEnumerator() {
        try {
            return enumerator.snapshotState(checkpoint);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static <T> byte[] serialize(SimpleVersionedSerializer<T> serializer, T value) {
        try {
            return serializer.serialize(value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static <T> T deserialize(SimpleVersionedSerializer<T> serializer, byte[] bytes) {
        try {
            return serializer.deserialize(serializer.getVersion(), bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
