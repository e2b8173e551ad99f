package org.alluvium.ingest.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.file.Origin;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDeletion;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.Skipped;
import org.alluvium.ingest.record.SourceRecord;

/** What became of records, as the conformance folder writes it down. */
final class Outcomes {

    private Outcomes() {}

    static SourceConfig source(String name, SourceConfig.Format format) {
        return SourceConfig.ofFolder(name, Location.of(Path.of("unused")), format, false);
    }

    /** A record and what became of it. */
    static JsonNode describe(SourceRecord record, Parsed parsed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("at", Math.toIntExact(Origin.parse(record.origin()).position()));
        if (parsed instanceof ParsedDocument document) {
            return describe(node, document);
        }
        if (parsed instanceof DeadLetter letter) {
            return node.put("outcome", "dead_letter")
                    .put("reason", letter.reason().code());
        }
        if (parsed instanceof ParsedDeletion deletion) {
            return node.put("outcome", "deleted").put("id", deletion.id());
        }
        Skipped skipped = (Skipped) parsed;
        return node.put("outcome", "skipped").put("reason", skipped.reason().code());
    }

    private static JsonNode describe(ObjectNode node, ParsedDocument parsed) {
        Document document = parsed.document();
        node.put("outcome", "document");
        if (parsed.idGiven()) {
            node.put("id", document.id());
        }
        document.url().ifPresent(url -> node.put("url", url));
        if (document.eventTimeMillis() != ConformanceTest.FILE_TIME) {
            node.put("time", Instant.ofEpochMilli(document.eventTimeMillis()).toString());
        }
        document.language().ifPresent(language -> node.put("language", language));
        if (!document.attributes().isEmpty()) {
            ObjectNode attributes = node.putObject("attributes");
            new TreeMap<>(document.attributes()).forEach(attributes::put);
        }
        return node.put("text", document.text());
    }
}
