package org.alluvium.flink.source;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Writes records down as {@code origin}, with {@code !reason} for a failure. */
final class RecordingOutput implements ReaderOutput<SourceRecord> {

    private final List<String> records = new ArrayList<>();

    List<String> records() {
        return List.copyOf(records);
    }

    void clear() {
        records.clear();
    }

    @Override
    public void collect(SourceRecord record) {
        String failure = record instanceof SourceRecord.Failure failed ? "!" + failed.reason() : "";
        records.add(record.origin() + failure);
    }

    @Override
    public void collect(SourceRecord record, long timestamp) {
        collect(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new UnsupportedOperationException("files have no watermarks");
    }

    @Override
    public void markIdle() {
        // Nothing here waits for watermarks.
    }

    @Override
    public void markActive() {
        // Nothing here waits for watermarks.
    }

    @Override
    public SourceOutput<SourceRecord> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        // Splits share one output.
    }
}
