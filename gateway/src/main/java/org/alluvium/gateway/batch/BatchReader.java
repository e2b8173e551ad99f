package org.alluvium.gateway.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDeletion;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.Skipped;
import org.alluvium.ingest.record.SourceRecord;

/**
 * Reads the bodies of requests. A record is good if the source's own parser makes a document, or a deletion, of it; so what
 * is accepted here is no dead letter there. Thread-safe.
 */
public final class BatchReader {

    /** Most bad records that are named: enough to see what is wrong with them all. */
    public static final int MOST_REPORTED = 100;

    private final String source;
    private final RecordParser parser;
    private final AvroSlices avro;
    private final long maxRecordBytes;

    /**
     * @param source that will read the records as one JSON object each
     * @param maxRecordBytes longest record it reads
     * @param maxBodyBytes longest body, and longest JSON that a body of another format may become
     */
    public BatchReader(SourceConfig source, long maxRecordBytes, long maxBodyBytes) {
        this.source = source.name();
        this.parser = RecordParser.of(source);
        this.avro = new AvroSlices(new AvroJson(source.fields()), maxBodyBytes);
        this.maxRecordBytes = maxRecordBytes;
    }

    /** What a body holds; a body without records is bad. */
    public Batch read(BodyFormat format, byte[] body) {
        try {
            List<Slice> slices = switch (format) {
                case JSON -> JsonSlices.ofText(body);
                case NDJSON -> JsonSlices.ofLines(body);
                case AVRO -> avro.of(body);
            };
            return slices.isEmpty() ? broken(1, 0, "there is no document in the body") : check(slices);
        } catch (BrokenBodyException broken) {
            return broken(broken.record(), broken.at(), broken.getMessage());
        }
    }

    private static Batch broken(int record, long at, String detail) {
        return new Batch.Bad(List.of(new BadRecord(record, at, "broken_body", detail)), 1);
    }

    private Batch check(List<Slice> slices) {
        List<PushedRecord> good = new ArrayList<>(slices.size());
        List<BadRecord> bad = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            if (slice.json().length > maxRecordBytes) {
                return new Batch.TooLong(refused(
                        i,
                        slice,
                        DeadLetterReason.LINE_TOO_LONG,
                        "the record is longer than the " + maxRecordBytes + " bytes that its source reads"));
            }
            Parsed parsed = parser.parse(new SourceRecord.Content(source, "", 0, Optional.empty(), 1, slice.json()));
            switch (parsed) {
                case ParsedDocument document ->
                    good.add(new PushedRecord(
                            onOneLine(slice.json()),
                            document.idGiven() ? Optional.of(document.document().id()) : Optional.empty()));
                case ParsedDeletion deletion ->
                    good.add(new PushedRecord(onOneLine(slice.json()), Optional.of(deletion.id())));
                case DeadLetter letter -> bad.add(refused(i, slice, letter.reason(), letter.detail()));
                case Skipped skipped -> throw new IllegalStateException("JSON is never skipped: " + skipped);
            }
        }
        return bad.isEmpty()
                ? new Batch.Good(good)
                : new Batch.Bad(bad.subList(0, Math.min(bad.size(), MOST_REPORTED)), bad.size());
    }

    private static BadRecord refused(int index, Slice slice, DeadLetterReason reason, String detail) {
        return new BadRecord(index + 1, slice.at(), reason.code(), detail);
    }

    /** Line breaks stand only between the tokens of valid JSON, where a blank does as well. */
    private static byte[] onOneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }
}
