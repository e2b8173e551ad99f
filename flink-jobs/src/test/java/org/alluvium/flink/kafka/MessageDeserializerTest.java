package org.alluvium.flink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.KafkaConfig.Keys;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MessageDeserializerTest {

    private static final long TIME = 1_700_000_000_000L;

    private static ConsumerRecord<byte[], byte[]> message(byte[] key, byte[] value, long time) {
        return new ConsumerRecord<>(
                "web-pages",
                2,
                77,
                time,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static MessageDeserializer deserializer(Keys keys) {
        KafkaConfig kafka = new KafkaConfig(
                "b:1",
                List.of("web-pages"),
                Optional.empty(),
                "g",
                KafkaConfig.Start.EARLIEST,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                keys,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return new MessageDeserializer("web", kafka, 8);
    }

    private static SourceRecord record(Keys keys, String key, String value) {
        return deserializer(keys)
                .record(message(
                        key == null ? null : key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), TIME));
    }

    private static SourceRecord record(String key, String value) {
        return record(Keys.PARTITIONS, key, value);
    }

    @Test
    void aKeyNamesAContentOnlyWhereKeysAreIds() {
        assertThat(record(Keys.PARTITIONS, "k", "value"))
                .usingRecursiveComparison()
                .isEqualTo(SourceRecord.Content.of("web", "web-pages-2@77", TIME, "value".getBytes(UTF_8)));
        assertThat(record(Keys.IDS, "k", "value"))
                .usingRecursiveComparison()
                .isEqualTo(new SourceRecord.Content(
                        "web", "web-pages-2@77", TIME, Optional.of("k"), 1, "value".getBytes(UTF_8)));
    }

    @Test
    void aKeyWithoutValueIsATombstoneWhateverKeysAre() {
        SourceRecord tombstone = new SourceRecord.Tombstone("web", "web-pages-2@77", TIME, "k");

        assertThat(record(Keys.PARTITIONS, "k", null)).isEqualTo(tombstone);
        assertThat(record(Keys.IDS, "k", null)).isEqualTo(tombstone);
    }

    @Test
    void aMessageWithNothingInItIsContentThatItsParserRefuses() {
        assertThat(record(null, null))
                .usingRecursiveComparison()
                .isEqualTo(SourceRecord.Content.of("web", "web-pages-2@77", TIME, new byte[0]));
    }

    @Test
    void aMessageThatIsTooLongKeepsItsBeginning() {
        assertThat(record("k", "123456789")).isInstanceOfSatisfying(SourceRecord.Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(DeadLetterReason.LINE_TOO_LONG);
            assertThat(failure.bytes()).asString(UTF_8).isEqualTo("12345678");
            assertThat(failure.detail()).contains("9 bytes");
        });
    }

    @Test
    void aMessageWithoutTimeIsFromTheEpoch() {
        assertThat(deserializer(Keys.PARTITIONS)
                        .record(message(null, new byte[] {1}, -1))
                        .timeMillis())
                .isZero();
    }

    @Test
    void aKeyIsTextOrElseHexadecimal() {
        assertThat(MessageKey.text("größe".getBytes(UTF_8), false)).isEqualTo("größe");
        assertThat(MessageKey.text(new byte[] {(byte) 0xFF, 0x01}, false)).isEqualTo("ff01");
        assertThat(MessageKey.text(new byte[] {0, 'a'}, false)).isEqualTo("0061");
    }

    @Test
    void aKeyInTheFramesOfARegistryIsTheStringInIt() {
        byte[] framed = {0, 0, 0, 0, 9, 4, 'i', 'd'};

        assertThat(MessageKey.text(framed, true)).isEqualTo("id");
        assertThat(MessageKey.text(framed, false)).isEqualTo("0000000009046964");
        assertThat(MessageKey.text(new byte[] {0, 0, 0, 0, 9, 6, 'i', 'd'}, true))
                .isEqualTo("0000000009066964");
        assertThat(MessageKey.text("plain".getBytes(UTF_8), true)).isEqualTo("plain");
    }

    @Test
    void originsOfTopicsWithDashesAreUnderstood() {
        MessageOrigin origin = new MessageOrigin("web-pages-3", 12, 5_000_000_000L);

        assertThat(origin).hasToString("web-pages-3-12@5000000000");
        assertThat(MessageOrigin.parse(origin.toString())).isEqualTo(origin);
        assertThat(origin.topicPartition()).isEqualTo(new TopicPartition("web-pages-3", 12));
    }
}
