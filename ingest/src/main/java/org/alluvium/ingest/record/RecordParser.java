package org.alluvium.ingest.record;

import java.util.Optional;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.ingest.text.TextRepair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a document, or a dead letter, of a record. A pure function of the record, the source's configuration and the schemas
 * that messages name: it throws for no input, and what it makes of a record never depends on the time or on other records.
 * Thread-safe.
 *
 * <p>A record at which a format's library stumbles, by an error that nobody foresaw or by a nesting too deep for the stack,
 * is a dead letter as well: it would fail again however often the job were restarted.
 *
 * <p>The text of a document is {@linkplain TextRepair repaired}. Its id is the producer's, or else the record's own key,
 * or {@link StableId}. Its event time is the document's own, or the record's.
 */
public final class RecordParser {

    private static final Logger LOG = LoggerFactory.getLogger(RecordParser.class);

    private final DocumentFormat format;

    RecordParser(DocumentFormat format) {
        this.format = format;
    }

    /**
     * The parser for the format that the source is configured with.
     *
     * @throws ConfigException if a file that the format needs cannot be read or used
     */
    public static RecordParser of(SourceConfig source) {
        return new RecordParser(
                switch (source.format()) {
                    case JSONL, PARQUET -> new JsonlFormat(source.fields());
                    case LUCENE_LINES -> new LuceneLinesFormat();
                    case TEXT -> new TextFormat();
                    case MARKDOWN -> new MarkdownFormat();
                    case MEDIAWIKI -> new MediaWikiFormat();
                    case MBOX -> MailFormat.inMailbox();
                    case MAIL -> MailFormat.single();
                    case HTML -> new HtmlFormat();
                    case WARC -> WarcFormat.warc();
                    case WET -> WarcFormat.wet();
                    case AVRO -> AvroFormat.of(source);
                });
    }

    /**
     * Exactly one result for every record.
     *
     * @throws UnavailableException if something that the format needs is not there now; the record can be tried again
     */
    public Parsed parse(SourceRecord record) {
        if (record instanceof SourceRecord.Content content) {
            return parse(content);
        }
        if (record instanceof SourceRecord.Tombstone tombstone) {
            return new ParsedDeletion(tombstone.key(), tombstone.source(), tombstone.origin(), tombstone.timeMillis());
        }
        return DeadLetter.of((SourceRecord.Failure) record);
    }

    private Parsed parse(SourceRecord.Content content) {
        try {
            Reading reading = format.parse(content);
            if (reading instanceof Reading.DocumentFields fields) {
                return document(content, fields);
            }
            if (reading instanceof Reading.Deletion deletion) {
                return new ParsedDeletion(deletion.id(), content.source(), content.origin(), content.timeMillis());
            }
            return new Skipped(((Reading.Skip) reading).reason());
        } catch (RefusedException refused) {
            return DeadLetter.of(content, refused.reason(), refused.getMessage());
        } catch (UnavailableException notNow) {
            throw notNow;
        } catch (RuntimeException | StackOverflowError unforeseen) {
            LOG.debug("{}: {}: the parser failed", content.source(), content.origin(), unforeseen);
            return DeadLetter.of(content, DeadLetterReason.PARSER_FAILED, unforeseen.toString());
        }
    }

    private static ParsedDocument document(SourceRecord.Content content, Reading.DocumentFields fields)
            throws RefusedException {
        TextRepair.Repaired repaired = TextRepair.repair(fields.text());
        if (repaired.text().isEmpty()) {
            throw new RefusedException(
                    DeadLetterReason.EMPTY_TEXT, "the text has nothing but white space and control characters");
        }
        Optional<String> given = fields.id().or(content::key);
        Document document = new Document(
                given.orElseGet(() -> StableId.v1(content.source(), content.origin())),
                content.source(),
                content.origin(),
                fields.url(),
                repaired.text(),
                fields.eventTimeMillis().orElse(content.timeMillis()),
                fields.language(),
                fields.attributes());
        return new ParsedDocument(document, given.isPresent(), repaired.edits());
    }
}
