package org.alluvium.dashboard.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.SourcePosition;
import org.junit.jupiter.api.Test;

class RecentCommitsTest {

    private final RecentCommits recent = new RecentCommits();

    @Test
    void theFirstOfThemIsWhereTimeBegins() {
        assertThat(recent.amount(at(0))).isEqualTo(Flow.Amount.NONE);
        commit(0, 50);
        assertThat(recent.amount(at(1))).isEqualTo(Flow.Amount.NONE);
        commit(10, 30);
        commit(20, 40);

        Flow.Amount amount = recent.amount(at(25));
        assertThat(amount.seconds()).isEqualTo(25);
        assertThat(amount.funnel().read()).isEqualTo(70);
        assertThat(amount.read()).isEqualTo(Map.of("web", 70L));
    }

    @Test
    void whatIsOlderThanAMinuteGoes() {
        for (int second = 0; second <= 120; second += 10) {
            commit(second, 1);
        }
        assertThat(recent.amount(at(120)).funnel().read()).isEqualTo(6);
        assertThat(recent.amount(at(150)).funnel().read()).isEqualTo(3);
    }

    @Test
    void commitsThatAreFarApartCountUntilTheNextIsLate() {
        commit(0, 1);
        commit(600, 600);

        assertThat(recent.amount(at(1_200)).seconds()).isEqualTo(1_200);
        assertThat(recent.amount(at(1_200)).funnel().read()).isEqualTo(600);
        assertThat(recent.amount(at(2_500))).isEqualTo(Flow.Amount.NONE);
    }

    private static Instant at(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private void commit(long second, long read) {
        recent.add(new LogEntry.Commit(
                second,
                0,
                "lineage",
                second,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("web:0@1", new SourcePosition("", read, 0, 0)),
                new Funnel(read, read, Map.of(), Map.of(), Map.of(), 0, Map.of()),
                Optional.empty(),
                Optional.empty(),
                false,
                at(second)));
    }
}
