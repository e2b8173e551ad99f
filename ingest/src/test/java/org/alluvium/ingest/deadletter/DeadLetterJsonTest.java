package org.alluvium.ingest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.alluvium.contracts.error.DataException;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.junit.jupiter.api.Test;

class DeadLetterJsonTest {

    private static final String VERSION_1 = "{\"version\":1,\"source\":\"news\",\"origin\":\"a/b.jsonl#7\","
            + "\"reason\":\"not_json\",\"detail\":\"unexpected 'x'\",\"excerpt\":\"x\\n\\\"ü\"}";

    private static StoredLetter decode(String line) {
        return DeadLetterJson.decode(line.getBytes(UTF_8));
    }

    private static DeadLetter decodeVersion1(String line) {
        return DeadLetterJson.decodeVersion1(line.getBytes(UTF_8), Letters.TIME);
    }

    @Test
    void versionTwoNeverChanges() {
        assertThat(DeadLetterJson.encode(Letters.stored(42, 3, Letters.of("x\n\"ü"))))
                .isEqualTo("{\"version\":2,\"letter\":\"42.3\",\"refusedAt\":\"2026-11-22T06:00:00Z\","
                        + "\"source\":\"news\",\"origin\":\"a/b.jsonl@170\",\"time\":\"2026-11-21T12:34:56.789Z\","
                        + "\"key\":\"k\",\"attempt\":2,\"reason\":\"not_json\",\"detail\":\"unexpected 'x'\","
                        + "\"length\":5,\"text\":\"x\\n\\\"ü\"}");
    }

    @Test
    void aRecordThatIsNotUtf8IsWrittenInBase64() {
        assertThat(DeadLetterJson.encode(Letters.stored(1, 1, Letters.of(new byte[] {(byte) 0xFF, 0}))))
                .endsWith("\"base64\":\"/wA=\"}");
    }

    @Test
    void fieldsOfLaterReleasesAreIgnored() {
        String line = DeadLetterJson.encode(Letters.stored(42, 3, Letters.of("x")))
                .replace("{\"version\"", "{\"new\":[1],\"version\"");
        assertThat(decode(line).id()).isEqualTo(new LetterId(42, 3));
    }

    @Property
    void decodesWhatItEncodes(@ForAll byte[] record) {
        StoredLetter letter = Letters.stored(42, 3, Letters.of(record));
        assertThat(decode(DeadLetterJson.encode(letter)))
                .usingRecursiveComparison()
                .isEqualTo(letter);
    }

    @Test
    void versionOneIsStillRead() {
        DeadLetter letter = decodeVersion1(VERSION_1);
        assertThat(letter.origin()).isEqualTo("a/b.jsonl#7");
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_JSON);
        assertThat(letter.bytes()).isEqualTo("x\n\"ü".getBytes(UTF_8));
        assertThat(letter.timeMillis()).isEqualTo(Letters.TIME);
        assertThat(letter.attempt()).isOne();
        assertThat(letter.isWhole()).isTrue();
    }

    @Test
    void whatVersionOneMayHaveCutIsNotWhole() {
        assertThat(decodeVersion1(VERSION_1.replace("x\\n", "x".repeat(16 * 1024)))
                        .isWhole())
                .isFalse();
        assertThat(decodeVersion1(VERSION_1.replace("not_json", "line_too_long"))
                        .isWhole())
                .isFalse();
    }

    @Test
    void whatIsNotADeadLetterIsDamagedData() {
        assertThatThrownBy(() -> decode("{\"version\":2}")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> decode("{\"version\":3}")).hasMessageContaining("version 3");
        assertThatThrownBy(() -> decode("nonsense")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> decodeVersion1("{\"version\":2}")).hasMessageContaining("version 2");
    }
}
