package org.alluvium.flink.kafka;

import java.util.Arrays;
import java.util.Optional;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.flink.types.SourceRecordSerializer;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Exactly one record of every message: a message with a key and no value is a tombstone, as in a compacted topic. */
final class MessageDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {

    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};

    private final String source;
    private final boolean keysAreIds;
    private final boolean framedKeys; // keys may be in the wire format of a schema registry
    private final long maxBytes;

    /**
     * A deserializer for the messages of one source.
     *
     * @param maxBytes most bytes of a value that is parsed
     */
    MessageDeserializer(String source, KafkaConfig kafka, long maxBytes) {
        this.source = source;
        this.keysAreIds = kafka.keys() == KafkaConfig.Keys.IDS;
        this.framedKeys = kafka.registry().isPresent();
        this.maxBytes = maxBytes;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceRecord> out) {
        out.collect(record(message));
    }

    SourceRecord record(ConsumerRecord<byte[], byte[]> message) {
        String origin = new MessageOrigin(message.topic(), message.partition(), message.offset()).toString();
        // A message of Kafka's oldest format has no time.
        long timeMillis = Math.max(0, message.timestamp());
        Optional<String> key = Optional.ofNullable(message.key()).map(bytes -> MessageKey.text(bytes, framedKeys));
        byte[] value = message.value();
        if (value == null && key.isPresent()) {
            return new SourceRecord.Tombstone(source, origin, timeMillis, key.get());
        }
        if (value != null && value.length > maxBytes) {
            return new SourceRecord.Failure(
                    source,
                    origin,
                    timeMillis,
                    DeadLetterReason.LINE_TOO_LONG,
                    "the message has " + value.length + " bytes, more than ingest.maxLineBytes, " + maxBytes,
                    Arrays.copyOf(value, (int) maxBytes),
                    value.length);
        }
        Optional<String> id = keysAreIds ? key : Optional.empty();
        return new SourceRecord.Content(source, origin, timeMillis, id, 1, value == null ? NOTHING : value);
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return SourceRecordSerializer.TYPE;
    }
}
