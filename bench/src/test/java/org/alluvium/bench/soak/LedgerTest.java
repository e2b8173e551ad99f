package org.alluvium.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void everyDocumentOnceIsWhole() {
        add("stream-1", "folder-0", "stream-0");
        assertThat(ledger.hasEachOnce(Map.of("stream", 2L, "folder", 1L))).isTrue();
    }

    @Test
    void oneThatIsMissingIsNoticedThoughTheNumberIsRight() {
        add("stream-0", "stream-2");
        assertThat(ledger.hasEachOnce(Map.of("stream", 2L))).isFalse();
        assertThat(ledger.hasEachOnce(Map.of("stream", 3L))).isFalse();
    }

    @Test
    void oneThatCameTwiceIsNoticed() {
        add("stream-0", "stream-1", "stream-0");
        Map<String, Long> offered = Map.of("stream", 2L);
        assertThat(ledger.hasAllOf(offered)).isTrue();
        assertThat(ledger.hasEachOnce(offered)).isFalse();
        assertThat(ledger.describe(offered)).contains("2 different", "1 repeated");
    }

    @Test
    void oneOfAFeedThatOfferedNothingIsNoticed() {
        add("stream-0", "folder-0");
        assertThat(ledger.hasEachOnce(Map.of("stream", 1L))).isFalse();
    }

    @Test
    void whatNobodyFedIsRefused() {
        assertThatThrownBy(() -> ledger.add("elsewhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoWaitsGoesOnOnceEnoughIsThereOrNoLongerNeeded() {
        CompletableFuture<Void> enough = waiting(2, new AtomicBoolean());
        add("stream-0", "stream-1");
        ledger.tell();
        enough.join();

        AtomicBoolean unneeded = new AtomicBoolean();
        CompletableFuture<Void> given = waiting(3, unneeded);
        unneeded.set(true);
        ledger.tell();
        given.join();
        assertThat(ledger.committed()).isEqualTo(2);
    }

    private CompletableFuture<Void> waiting(long count, AtomicBoolean unneeded) {
        return CompletableFuture.runAsync(() -> {
            try {
                ledger.await("stream", count, unneeded::get);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private void add(String... ids) {
        for (String id : ids) {
            ledger.add(id);
        }
    }
}
