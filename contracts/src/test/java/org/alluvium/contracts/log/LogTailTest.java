package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.FolderWatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    @TempDir
    Path root;

    private CorpusLayout corpus;
    private ShardLog log;

    @BeforeEach
    void openLog() {
        corpus = new CorpusLayout(root);
        log = StoreShardLog.of(corpus);
    }

    @Test
    void entriesThatAreThereComeAtOnceAndInOrder() throws InterruptedException {
        log.tryAppend(LogEntries.fence(0, 1));
        log.tryAppend(LogEntries.commit(1, 1, 5));
        try (LogTail tail = LogTail.open(corpus, 0)) {
            assertThat(tail.next(FOR_EVER)).contains(LogEntries.fence(0, 1));
            assertThat(tail.next(Duration.ZERO)).contains(LogEntries.commit(1, 1, 5));
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            assertThat(tail.nextSequence()).isEqualTo(2);
        }
    }

    @Test
    void anEntryThatComesLaterWakesTheReader() throws InterruptedException {
        try (LogTail tail = LogTail.open(corpus, 0)) {
            for (int i = 0; i < 20; i++) {
                LogEntry entry = LogEntries.commit(i, 1, i);
                CompletableFuture<Boolean> appended = CompletableFuture.supplyAsync(() -> log.tryAppend(entry));

                assertThat(tail.next(FOR_EVER)).contains(entry);
                assertThat(appended.join()).isTrue();
            }
        }
    }

    @Test
    void anEntryWhoseEventIsLostIsFoundAllTheSame() throws InterruptedException, IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (LogTail tail = new LogTail(log, FolderWatch.of(elsewhere), 0, Duration.ofMillis(5))) {
            CompletableFuture<Boolean> appended =
                    CompletableFuture.supplyAsync(() -> log.tryAppend(LogEntries.fence(0, 1)));

            assertThat(tail.next(FOR_EVER)).contains(LogEntries.fence(0, 1));
            assertThat(appended.join()).isTrue();
        }
    }

    @Test
    void theTimePassesWithoutAnEntry() throws InterruptedException {
        try (LogTail tail = LogTail.open(corpus, 0)) {
            assertThat(tail.next(Duration.ofMillis(20))).isEmpty();
            assertThat(tail.nextSequence()).isZero();
        }
    }

    @Test
    void closingWakesTheReader() {
        LogTail tail = LogTail.open(corpus, 0);
        CompletableFuture<Optional<LogEntry>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return tail.next(FOR_EVER);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        tail.close();

        assertThat(waiting.join()).isEmpty();
    }

    @Test
    void aLostEntryIsRefusedInsteadOfWaitedFor() throws IOException {
        log.tryAppend(LogEntries.fence(0, 1));
        log.tryAppend(LogEntries.fence(1, 2));
        log.tryAppend(LogEntries.fence(2, 3));
        corpus.store().delete("log/00000000000000000001.json");
        try (LogTail tail = LogTail.open(corpus, 1)) {
            assertThatThrownBy(() -> tail.next(FOR_EVER))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("log/00000000000000000001.json: the log entry is missing");
        }
    }
}
