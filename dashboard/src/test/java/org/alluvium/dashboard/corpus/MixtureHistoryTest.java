package org.alluvium.dashboard.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.MixtureShare;
import org.junit.jupiter.api.Test;

class MixtureHistoryTest {

    private final MixtureHistory history = new MixtureHistory();
    private long sequence;

    @Test
    void aChangeIsOfTheSourcesThatHaveOtherWeightsThanBefore() {
        commit(share("books", 2), share("web", 1));
        commit(share("web", 1));
        commit();
        commit(share("books", 0.5), share("web", 1));

        assertThat(history.changes())
                .containsExactly(new MixtureChange(4, List.of(new MixtureChange.Source("books", 2, 0.5))));
        assertThat(history.changes().getFirst().text()).isEqualTo("books 2 → 0.5 epochs");
    }

    @Test
    void aSourceThatAppearsChangesNothing() {
        commit(share("web", 1));
        commit(share("books", 3), share("web", 1));

        assertThat(history.changes()).isEmpty();
    }

    @Test
    void whereTasksReadTheWeightsAtDifferentMomentsTheFirstOfThemCounts() {
        commit(share("web", 1));
        commit(share("web", 1), share("web", 2));
        commit(share("web", 2));

        assertThat(history.changes()).extracting(MixtureChange::entry).containsExactly(2L);
    }

    private static MixtureShare share(String source, double epochs) {
        return new MixtureShare(source, epochs, 1, 1);
    }

    private void commit(MixtureShare... shares) {
        sequence++;
        history.add(new LogEntry.Commit(
                sequence,
                0,
                "lineage",
                sequence,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(shares),
                Map.of(),
                Funnel.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH));
    }
}
