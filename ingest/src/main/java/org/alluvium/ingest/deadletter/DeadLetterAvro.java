package org.alluvium.ingest.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.stored.StoredFile;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Dead letters as Avro records of the schema {@code dead-letter-v1.avsc}, which says what each field holds. Thread-safe.
 */
final class DeadLetterAvro {

    static final Schema SCHEMA = StoredFile.schema(DeadLetterAvro.class, "dead-letter-v1.avsc");

    private DeadLetterAvro() {}

    static GenericRecord toRecord(DeadLetter letter) {
        GenericRecord avro = new GenericData.Record(SCHEMA);
        avro.put("source", letter.source());
        avro.put("origin", letter.origin());
        avro.put("time", letter.timeMillis());
        avro.put("key", letter.key().orElse(null));
        avro.put("attempt", letter.attempt());
        avro.put("reason", letter.reason().code());
        avro.put("detail", letter.detail());
        avro.put("length", letter.length());
        avro.put("bytes", ByteBuffer.wrap(letter.bytes()));
        return avro;
    }

    /**
     * The letter of a record that has at least the fields of the schema.
     *
     * @throws IOException if it has a reason that this version does not know
     */
    static DeadLetter fromRecord(GenericRecord avro) throws IOException {
        ByteBuffer buffer = (ByteBuffer) avro.get("bytes");
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new DeadLetter(
                avro.get("source").toString(),
                avro.get("origin").toString(),
                (Long) avro.get("time"),
                Optional.ofNullable(avro.get("key")).map(Object::toString),
                (Integer) avro.get("attempt"),
                reason(avro.get("reason").toString()),
                avro.get("detail").toString(),
                bytes,
                (Long) avro.get("length"));
    }

    private static DeadLetterReason reason(String code) throws IOException {
        try {
            return DeadLetterReason.ofCode(code);
        } catch (IllegalArgumentException ofALaterVersion) {
            throw new IOException(ofALaterVersion.getMessage(), ofALaterVersion);
        }
    }
}
