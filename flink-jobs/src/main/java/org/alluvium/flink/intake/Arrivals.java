package org.alluvium.flink.intake;

import java.util.Optional;
import java.util.function.Function;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.file.Framers;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDeletion;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.Skipped;
import org.alluvium.ingest.record.SourceRecord;

/** Parses the records of one source into arrivals. Stateless but for its parser. */
final class Arrivals {

    private static final char BEFORE_OFFSET = '@';

    private final String source;
    private final boolean partitioned;

    /** Whether a document's place is its identity, since a file that changes is another version of its one document. */
    private final boolean identifiedByPlace;

    private final Function<SourceRecord, Parsed> parser;

    Arrivals(SourceConfig source, Function<SourceRecord, Parsed> parser) {
        this.source = source.name();
        this.partitioned = source.kafka().isPresent();
        this.identifiedByPlace =
                source.path().isPresent() && Framers.of(source.format()).isWholeFile();
        this.parser = parser;
    }

    Arrival of(SourceRecord record, long arrivedMillis) {
        Parsed parsed = parser.apply(record);
        long timeMillis = parsed instanceof ParsedDocument parsedDocument
                ? parsedDocument.document().eventTimeMillis()
                : record.timeMillis();
        return new Arrival(
                source,
                partition(record.origin()),
                record.origin(),
                timeMillis,
                arrivedMillis,
                length(record),
                outcome(parsed, arrivedMillis));
    }

    private String partition(String origin) {
        return partitioned ? origin.substring(0, origin.lastIndexOf(BEFORE_OFFSET)) : "";
    }

    private static long length(SourceRecord record) {
        if (record instanceof SourceRecord.Content content) {
            return content.bytes().length;
        }
        return record instanceof SourceRecord.Failure failure ? failure.bytes().length : 0;
    }

    private Outcome outcome(Parsed parsed, long arrivedMillis) {
        if (parsed instanceof ParsedDocument found) {
            return new Outcome.Unjudged(
                    found.document(), found.idGiven() || identifiedByPlace, arrivedMillis, found.edits());
        }
        if (parsed instanceof ParsedDeletion deletion) {
            return new Outcome.Withdrawal(new DocumentChange(
                    deletion.source(),
                    deletion.id(),
                    DocumentChange.Kind.DELETED,
                    Optional.empty(),
                    deletion.origin(),
                    deletion.timeMillis()));
        }
        if (parsed instanceof Skipped skipped) {
            return new Outcome.Skipped(skipped.reason());
        }
        return new Outcome.Refused((DeadLetter) parsed);
    }
}
