package org.alluvium.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.alluvium.contracts.document.DocumentChange.Kind;
import org.alluvium.contracts.error.DataException;
import org.junit.jupiter.api.Test;

class ChangeCodecTest {

    private static final DocumentChange SUPERSEDED = new DocumentChange(
            "news", "Grüße 1", Kind.SUPERSEDED, Optional.of(new ContentHash(1, 2)), "news-0@17", 1_700_000_000_123L);
    private static final DocumentChange DELETED =
            new DocumentChange("news", "2", Kind.DELETED, Optional.empty(), "news-0@18", -1);

    @Test
    void theFormatIsAsReleased() {
        assertThat(ChangeCodec.encode(SUPERSEDED))
                .isEqualTo("{\"version\":1,\"source\":\"news\",\"id\":\"Grüße 1\",\"kind\":\"superseded\","
                        + "\"withdrawn\":\"00000000000000010000000000000002\",\"origin\":\"news-0@17\","
                        + "\"time\":\"2023-11-14T22:13:20.123Z\"}");
        assertThat(ChangeCodec.encode(DELETED))
                .isEqualTo("{\"version\":1,\"source\":\"news\",\"id\":\"2\",\"kind\":\"deleted\","
                        + "\"origin\":\"news-0@18\",\"time\":\"1969-12-31T23:59:59.999Z\"}");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(ChangeCodec.decode(ChangeCodec.encode(SUPERSEDED))).isEqualTo(SUPERSEDED);
        assertThat(ChangeCodec.decode(ChangeCodec.encode(DELETED))).isEqualTo(DELETED);
    }

    @Test
    void whatIsNoChangeIsRefusedInWords() {
        assertRefused("{\"version\":2}", "version 2 is not 1");
        assertRefused(ChangeCodec.encode(DELETED).replace("deleted", "eaten"), "EATEN");
        assertRefused(ChangeCodec.encode(DELETED).replace("1969", "69"), "69-12-31");
        assertRefused(ChangeCodec.encode(DELETED).replace("\"id\":\"2\",", ""), "'id'");
        assertRefused("{", "");
    }

    private static void assertRefused(String line, String why) {
        assertThatThrownBy(() -> ChangeCodec.decode(line))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a change of version 1")
                .hasMessageContaining(why);
    }
}
