package org.alluvium.flink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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

    private static SourceRecord record(String key, String value) {
        return new MessageDeserializer("web", false, 8)
                .record(message(
                        key == null ? null : key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), TIME));
    }

    @Test
    void aMessageIsContentWithItsKeyAndPlace() {
        assertThat(record("k", "value"))
                .usingRecursiveComparison()
                .isEqualTo(new SourceRecord.Content(
                        "web", "web-pages-2@77", TIME, Optional.of("k"), 1, "value".getBytes(UTF_8)));
    }

    @Test
    void aKeyWithoutValueIsATombstone() {
        assertThat(record("k", null)).isEqualTo(new SourceRecord.Tombstone("web", "web-pages-2@77", TIME, "k"));
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
        assertThat(new MessageDeserializer("web", false, 8)
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
