package org.alluvium.dashboard.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.junit.jupiter.api.Test;

class ReasonEntriesTest {

    private final ReasonEntries entries = new ReasonEntries();

    @Test
    void theNewestComeFirstAndThenTheFirst() {
        for (int entry = 1; entry <= 1_000; entry++) {
            entries.add(commit(entry, entry % 2 == 0 ? "even" : "odd"));
        }
        assertThat(entries.of("even"))
                .startsWith(1_000L, 998L)
                .endsWith(30L, 32L)
                .hasSize(64);
        assertThat(entries.of("none")).isEmpty();
    }

    @Test
    void anEntryIsThereOnce() {
        entries.add(commit(5, "odd"));
        assertThat(entries.of("odd")).containsExactly(5L);
    }

    private static LogEntry.Commit commit(long sequence, String reason) {
        return new LogEntry.Commit(
                sequence,
                0,
                "lineage",
                sequence,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Funnel(1, 0, Map.of(), Map.of(reason, 1L), Map.of(), 0, Map.of()),
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH);
    }
}
