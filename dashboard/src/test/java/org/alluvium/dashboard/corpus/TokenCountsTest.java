package org.alluvium.dashboard.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.dashboard.http.RecordedRun;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCountsTest {

    @Test
    void whatIsTakenDownDoesNotCountThoughItStillHasItsRow(@TempDir Path folder) throws IOException {
        RecordedRun recorded = RecordedRun.create(folder);
        Vocabulary vocabulary = Checkpoint.open(recorded.run().checkpoint(240)).vocabulary();
        long before = TokenCounts.newest(recorded.corpus(), vocabulary).tokens();
        StoreShardLog log = StoreShardLog.of(recorded.corpus());
        LogEntry last = log.read(log.lastSequence().orElseThrow());
        log.tryAppend(new LogEntry.Takedown(
                last.sequence() + 1,
                last.writerEpoch(),
                last.lineage(),
                List.of(new Selector.Id("document-1", Optional.empty())),
                "asked",
                Instant.EPOCH,
                History.after(last)));

        assertThat(before).isEqualTo(6 * 70 * 12);
        assertThat(TokenCounts.newest(recorded.corpus(), vocabulary).tokens()).isEqualTo(before - 12);
    }
}
