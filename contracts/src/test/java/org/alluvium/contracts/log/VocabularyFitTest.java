package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.contracts.log.VocabularyFit.Figure;
import org.junit.jupiter.api.Test;

class VocabularyFitTest {

    private static final VocabularyFit FIT = new VocabularyFit(
            new TextTokens(1, 20, 5, 1, 0),
            TextTokens.NONE,
            new TextTokens(30, 400, 100, 2, 1),
            List.of(new Departure(Figure.BYTES_PER_TOKEN, 4, 1 / 3d)),
            List.of(new Departure(Figure.FALLBACK_RATE, 0.2, 0.02)));

    @Test
    void whatAnEntrySaysIsReadBack() {
        LogEntry entry = commit(Optional.of(FIT));
        byte[] file = LogCodec.encode(entry);

        assertThat(LogCodec.decode(file, "here")).isEqualTo(entry);
        assertThat(new String(file, StandardCharsets.UTF_8))
                .contains("\"documents\":{\"texts\":1,\"bytes\":20,\"tokens\":5,\"byteTokens\":1,\"unknownTokens\":0}")
                .contains("\"alerts\":[{\"figure\":\"fallbackRate\",\"value\":0.2,\"mean\":0.02}]");
    }

    @Test
    void anEntryThatSaysNothingHasNoSuchMember() {
        LogEntry entry = commit(Optional.empty());
        assertThat(new String(LogCodec.encode(entry), StandardCharsets.UTF_8)).doesNotContain("vocabulary");
        assertThat(LogCodec.decode(LogCodec.encode(entry), "here")).isEqualTo(entry);
    }

    @Test
    void aDepartureIsToldInASentence() {
        assertThat(FIT.alerts().get(0).message())
                .startsWith("the share of byte tokens left the band: 0.2000, and 0.0200");
    }

    private static LogEntry commit(Optional<VocabularyFit> fit) {
        return new LogEntry.Commit(
                1,
                1,
                "l",
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Funnel.EMPTY,
                Optional.empty(),
                fit,
                false,
                Instant.EPOCH);
    }
}
