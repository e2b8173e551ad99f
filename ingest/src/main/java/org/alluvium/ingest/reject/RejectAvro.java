package org.alluvium.ingest.reject;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.stored.StoredFile;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Rejects as Avro records of the schema {@code reject-v1.avsc}, which says what each field holds. Thread-safe. */
final class RejectAvro {

    static final Schema SCHEMA = StoredFile.schema(RejectAvro.class, "reject-v1.avsc");

    private static final Schema FINDING = SCHEMA.getField("findings").schema().getElementType();

    private RejectAvro() {}

    static GenericRecord toRecord(Reject reject) {
        Document document = reject.document();
        GenericRecord avro = new GenericData.Record(SCHEMA);
        avro.put("hash", reject.hash().toString());
        avro.put("id", document.id());
        avro.put("source", document.source());
        avro.put("origin", document.origin());
        avro.put("url", document.url().orElse(null));
        avro.put("time", document.eventTimeMillis());
        avro.put("language", document.language().orElse(null));
        avro.put("attributes", document.attributes());
        avro.put("filter", reject.filter());
        avro.put("reason", reject.reason());
        avro.put("detail", reject.detail());
        avro.put(
                "findings", reject.findings().stream().map(RejectAvro::toRecord).toList());
        avro.put("length", reject.length());
        avro.put("text", document.text());
        return avro;
    }

    private static GenericRecord toRecord(Finding finding) {
        GenericRecord avro = new GenericData.Record(FINDING);
        avro.put("rule", finding.rule());
        avro.put("value", finding.value());
        avro.put("bound", finding.bound().name());
        avro.put("threshold", finding.threshold());
        return avro;
    }

    /**
     * The reject of a record that has at least the fields of the schema.
     *
     * @throws IOException if it holds a hash or bound that is none
     */
    static Reject fromRecord(GenericRecord avro) throws IOException {
        try {
            return new Reject(
                    ContentHash.parse(text(avro, "hash")),
                    document(avro),
                    (Long) avro.get("length"),
                    text(avro, "filter"),
                    text(avro, "reason"),
                    text(avro, "detail"),
                    findings((List<?>) avro.get("findings")));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }

    private static Document document(GenericRecord avro) {
        Map<String, String> attributes = new HashMap<>();
        ((Map<?, ?>) avro.get("attributes"))
                .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        return new Document(
                text(avro, "id"),
                text(avro, "source"),
                text(avro, "origin"),
                optional(avro, "url"),
                text(avro, "text"),
                (Long) avro.get("time"),
                optional(avro, "language"),
                attributes);
    }

    private static List<Finding> findings(List<?> elements) {
        List<Finding> findings = new ArrayList<>();
        for (Object element : elements) {
            GenericRecord avro = (GenericRecord) element;
            findings.add(new Finding(
                    text(avro, "rule"), (Double) avro.get("value"), Finding.Bound.valueOf(text(avro, "bound")), (Double)
                            avro.get("threshold")));
        }
        return findings;
    }

    private static String text(GenericRecord avro, String field) {
        return avro.get(field).toString();
    }

    private static Optional<String> optional(GenericRecord avro, String field) {
        return Optional.ofNullable(avro.get(field)).map(Object::toString);
    }
}
