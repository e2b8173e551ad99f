package org.alluvium.ingest.record;

import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.text.Normalizer;

/**
 * Makes a document, or a dead letter, of a record. A pure function of the record and the source's configuration: it
 * throws for no input, and what it makes of a record never depends on the time or on other records. Thread-safe.
 *
 * <p>The text of a document is {@linkplain Normalizer normalized}. Its id is the producer's, or {@link StableId}. Its
 * event time is the record's own, or the file's time of change.
 */
public final class RecordParser {

    private final LineFormat format;

    private RecordParser(LineFormat format) {
        this.format = format;
    }

    /** The parser for the format that the source is configured with. */
    public static RecordParser of(SourceConfig source) {
        return of(source.format(), source.textField());
    }

    /** The parser for a format of which only JSONL needs the name of the field that holds the text. */
    public static RecordParser of(SourceConfig.Format format, String textField) {
        return new RecordParser(
                switch (format) {
                    case JSONL -> new JsonlFormat(textField);
                    case LUCENE_LINES -> new LuceneLinesFormat();
                });
    }

    /** Exactly one result for every record. */
    public Parsed parse(SourceRecord record) {
        if (record instanceof SourceRecord.Line line) {
            return parse(line);
        }
        return DeadLetter.of((SourceRecord.Failure) record);
    }

    private Parsed parse(SourceRecord.Line line) {
        try {
            return new ParsedDocument(document(line, format.parse(Utf8.decode(line.bytes()))));
        } catch (RefusedException refused) {
            return DeadLetter.of(line, refused.reason(), refused.getMessage());
        }
    }

    private static Document document(SourceRecord.Line line, LineFields fields) throws RefusedException {
        String text = Normalizer.normalize(fields.text());
        if (text.isEmpty()) {
            throw new RefusedException(
                    DeadLetterReason.EMPTY_TEXT, "the text has nothing but white space and control characters");
        }
        return new Document(
                fields.id().orElseGet(() -> StableId.v1(line.source(), line.origin())),
                line.source(),
                line.origin(),
                fields.url(),
                text,
                fields.eventTimeMillis().orElse(line.fileTimeMillis()),
                fields.language(),
                fields.attributes());
    }
}
