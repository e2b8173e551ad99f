package org.alluvium.ingest.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.alluvium.contracts.error.DataException;
import org.junit.jupiter.api.Test;

class DeadLetterCodecTest {

    private static DeadLetter letter(byte[] excerpt) {
        return new DeadLetter("news", "a/b.jsonl#7", DeadLetterReason.NOT_JSON, "unexpected 'x'", excerpt);
    }

    @Test
    void versionOneNeverChanges() {
        assertThat(DeadLetterCodec.encode(letter("x\n\"ü".getBytes(UTF_8))))
                .isEqualTo("{\"version\":1,\"source\":\"news\",\"origin\":\"a/b.jsonl#7\",\"reason\":\"not_json\","
                        + "\"detail\":\"unexpected 'x'\",\"excerpt\":\"x\\n\\\"ü\"}");
    }

    @Test
    void anExcerptThatIsNotUtf8IsWrittenInBase64() {
        assertThat(DeadLetterCodec.encode(letter(new byte[] {(byte) 0xFF, 0}))).endsWith("\"excerptBase64\":\"/wA=\"}");
    }

    @Test
    void fieldsOfLaterMinorReleasesAreIgnored() {
        String line = DeadLetterCodec.encode(letter(new byte[0])).replace("{\"version\"", "{\"new\":[1],\"version\"");
        assertThat(DeadLetterCodec.decode(line).origin()).isEqualTo("a/b.jsonl#7");
    }

    @Property
    void decodesWhatItEncodes(@ForAll byte[] excerpt) {
        assertThat(DeadLetterCodec.decode(DeadLetterCodec.encode(letter(excerpt))))
                .usingRecursiveComparison()
                .isEqualTo(letter(excerpt));
    }

    @Test
    void whatIsNotADeadLetterIsDamagedData() {
        assertThatThrownBy(() -> DeadLetterCodec.decode("{\"version\":1}")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> DeadLetterCodec.decode("{\"version\":2}")).hasMessageContaining("version 2");
        assertThatThrownBy(() -> DeadLetterCodec.decode("nonsense")).isInstanceOf(DataException.class);
    }
}
