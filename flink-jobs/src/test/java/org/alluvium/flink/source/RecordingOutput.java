package org.alluvium.flink.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.record.DeadLetterReason;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Writes records down as {@code origin}, with {@code !reason} for what could not be read. */
final class RecordingOutput implements ReaderOutput<Arrival> {

    /** Tests of reading do not care whether what is read is a document. */
    private static final Set<DeadLetterReason> OF_THE_PARSER =
            Set.of(DeadLetterReason.NOT_JSON, DeadLetterReason.NOT_AN_OBJECT, DeadLetterReason.TEXT_MISSING);

    private final List<String> records = new ArrayList<>();

    List<String> records() {
        return List.copyOf(records);
    }

    void clear() {
        records.clear();
    }

    @Override
    public void collect(Arrival arrival) {
        records.add(arrival.position() + failure(arrival.outcome()));
    }

    private static String failure(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                        && !OF_THE_PARSER.contains(refused.letter().reason())
                ? "!" + refused.letter().reason()
                : "";
    }

    @Override
    public void collect(Arrival arrival, long timestamp) {
        collect(arrival);
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
    public SourceOutput<Arrival> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        // Splits share one output.
    }
}
