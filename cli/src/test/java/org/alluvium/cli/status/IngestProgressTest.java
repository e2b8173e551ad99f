package org.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;
import org.junit.jupiter.api.Test;

class IngestProgressTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private final IngestProgress progress = new IngestProgress();

    private void commit(long second, long documents) {
        ShardFile shard = new ShardFile("shards/x", documents, documents * 10, 500, "0", Map.of("a", documents), 0, 0);
        progress.add(new LogEntry.Commit(
                second,
                0,
                "lineage",
                second,
                List.of(shard),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Funnel(
                        documents + 3, documents, Map.of("exact", 1L), Map.of("not_json", 2L), Map.of(), 0, Map.of()),
                Optional.empty(),
                Optional.empty(),
                false,
                START.plusSeconds(second)));
    }

    @Test
    void entriesAddUp() {
        progress.add(new LogEntry.Fence(0, 0, "lineage", -1, START));
        commit(1, 100);
        commit(2, 50);
        assertThat(progress.funnel().accepted()).isEqualTo(150);
        assertThat(progress.funnel().duplicates()).isEqualTo(2);
        assertThat(progress.funnel().deadLetters()).isEqualTo(4);
        assertThat(progress.commits()).isEqualTo(2);
        assertThat(progress.tokens()).isEqualTo(1500);
        assertThat(progress.shardBytes()).isEqualTo(1000);
    }

    @Test
    void theRateIsThatOfTheLastTwentySeconds() {
        commit(0, 997);
        commit(100, 97);
        commit(110, 297);
        assertThat(progress.documentsPerSecond(START.plusSeconds(115))).isEqualTo(20);
        assertThat(progress.documentsPerSecond(START.plusSeconds(500))).isZero();
    }
}
