package org.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.junit.jupiter.api.Test;

class LagSurveyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Location FOLDER = Location.of(Path.of("/texts"));

    private final IngestProgress ingest = new IngestProgress();

    @Test
    void filesThatWaitAreDocumentsAsLongAsThoseBefore() {
        commit(Map.of("news@0", position(10, 1_000), "news@1", position(30, 3_000), "newspapers", position(1, 9)));
        commit(Map.of("news@0", position(10, 1_000)));
        backlog(2, 5_000, NOW.minusSeconds(90));

        assertThat(survey())
                .containsExactly(new SourceLag(
                        "news",
                        FOLDER.toString(),
                        OptionalLong.of(50),
                        OptionalLong.of(5_000),
                        Optional.of(Duration.ofSeconds(90))));
    }

    @Test
    void theNewestReportCountsAndNothingThatWaitsIsNoLag() {
        backlog(2, 5_000, NOW.minusSeconds(90));
        backlog(0, 0, Instant.EPOCH);

        assertThat(survey())
                .containsExactly(new SourceLag(
                        "news", FOLDER.toString(), OptionalLong.of(0), OptionalLong.of(0), Optional.of(Duration.ZERO)));
    }

    @Test
    void beforeTheFirstDocumentTheirNumberIsNotKnown() {
        backlog(1, 700, NOW);

        assertThat(survey()).singleElement().satisfies(lag -> {
            assertThat(lag.documents()).isEmpty();
            assertThat(lag.bytes()).hasValue(700);
        });
    }

    @Test
    void beforeTheFirstReportNothingIsKnown() {
        add("lag", Map.of("source", "news", "failureShare", 0.0));

        assertThat(survey()).containsExactly(SourceLag.unknown("news", FOLDER.toString()));
    }

    private List<SourceLag> survey() {
        return new LagSurvey(ingest, InstantSource.fixed(NOW))
                .of(List.of(SourceConfig.ofFolder("news", FOLDER, SourceConfig.Format.JSONL, true)));
    }

    private void backlog(int splits, long bytes, Instant oldest) {
        add(
                "lag",
                Map.of(
                        "source",
                        "news",
                        "pendingSplits",
                        splits,
                        "pendingBytes",
                        bytes,
                        "oldestPendingMillis",
                        oldest.toEpochMilli()));
    }

    private void add(String type, Map<String, Object> fields) {
        ingest.add(new Event(NOW, type, fields));
    }

    private static SourcePosition position(long records, long bytes) {
        return new SourcePosition("a.jsonl@7", records, bytes, 0);
    }

    private void commit(Map<String, SourcePosition> positions) {
        ingest.add(new LogEntry.Commit(
                0,
                0,
                "lineage",
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                positions,
                Funnel.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                NOW));
    }
}
