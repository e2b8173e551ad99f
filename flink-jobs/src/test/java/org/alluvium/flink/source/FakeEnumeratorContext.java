package org.alluvium.flink.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps what the enumerator sends, in order, runs its periodic call when told to, and other calls at once. */
final class FakeEnumeratorContext implements SplitEnumeratorContext<FileSplit> {

    /** What was sent to one reader. */
    sealed interface Message {}

    record Assigned(FileSplit split) implements Message {}

    record NoMoreSplits() implements Message {}

    record Event(SourceEvent event) implements Message {}

    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Map<Integer, List<Message>> sent = new HashMap<>();
    private Runnable periodic = () -> {};

    void register(int subtask) {
        readers.put(subtask, new ReaderInfo(subtask, "localhost"));
    }

    void unregister(int subtask) {
        readers.remove(subtask);
    }

    /** One round of the periodic call. */
    void runPeriodic() {
        periodic.run();
    }

    /** What was sent to the reader since the last time, in order. */
    List<Message> takeSent(int subtask) {
        List<Message> messages = sent.remove(subtask);
        return messages == null ? List.of() : messages;
    }

    private void send(int subtask, Message message) {
        sent.computeIfAbsent(subtask, unused -> new ArrayList<>()).add(message);
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        send(subtask, new Event(event));
    }

    @Override
    public int currentParallelism() {
        return readers.size();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<FileSplit> assignment) {
        assignment
                .assignment()
                .forEach((subtask, splits) -> splits.forEach(split -> send(subtask, new Assigned(split))));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        send(subtask, new NoMoreSplits());
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        call(callable, handler);
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelayMillis, long periodMillis) {
        periodic = () -> call(callable, handler);
    }

    private static <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        try {
            handler.accept(callable.call(), null);
        } catch (Exception failed) {
            handler.accept(null, failed);
        }
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }
}
