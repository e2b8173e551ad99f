package org.alluvium.trainer.backend.cpu.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkTeamTest {

    @Test
    void everyTileRunsExactlyOnce() {
        try (WorkTeam team = new WorkTeam(4, () -> {})) {
            for (int tiles = 0; tiles < 200; tiles++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(tiles + 1);
                team.run(tiles, (tile, worker) -> runs.incrementAndGet(tile));
                for (int tile = 0; tile < tiles; tile++) {
                    assertThat(runs.get(tile)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void allTilesAreDoneWhenRunReturns() {
        try (WorkTeam team = new WorkTeam(3, () -> {})) {
            int[] sums = new int[64];
            for (int round = 1; round <= 2000; round++) {
                team.run(sums.length, (tile, worker) -> sums[tile]++);
                assertThat(sums).containsOnly(round);
            }
        }
    }

    @Test
    void aWorkerNumberIsNeverUsedByTwoThreadsAtOnce() {
        try (WorkTeam team = new WorkTeam(4, () -> {})) {
            AtomicInteger[] inside = new AtomicInteger[4];
            Arrays.setAll(inside, i -> new AtomicInteger());
            AtomicInteger clashes = new AtomicInteger();
            team.run(5000, (tile, worker) -> {
                if (inside[worker].incrementAndGet() != 1) {
                    clashes.incrementAndGet();
                }
                inside[worker].decrementAndGet();
            });
            assertThat(clashes).hasValue(0);
        }
    }

    @Test
    void whatATileThrowsReachesTheCallerAndTheTeamGoesOn() {
        try (WorkTeam team = new WorkTeam(2, () -> {})) {
            assertThatThrownBy(() -> team.run(8, (tile, worker) -> {
                        if (tile == 5) {
                            throw new IllegalStateException("tile 5");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tile 5");
            AtomicInteger runs = new AtomicInteger();
            team.run(8, (tile, worker) -> runs.incrementAndGet());
            assertThat(runs).hasValue(8);
        }
    }

    @Test
    void everyThreadThatComputesIsPreparedFirst() throws InterruptedException {
        Set<Thread> prepared = ConcurrentHashMap.newKeySet();
        AtomicInteger unprepared = new AtomicInteger();
        try (WorkTeam team = new WorkTeam(3, () -> prepared.add(Thread.currentThread()))) {
            Runnable use = () -> team.run(100, (tile, worker) -> {
                if (!prepared.contains(Thread.currentThread())) {
                    unprepared.incrementAndGet();
                }
            });
            use.run();
            Thread other = new Thread(use);
            other.start();
            other.join();
            use.run();
        }
        assertThat(unprepared).hasValue(0);
    }

    @Test
    void anInterruptOfTheCallerIsKeptForLater() {
        try (WorkTeam team = new WorkTeam(2, () -> {})) {
            Thread.currentThread().interrupt();
            AtomicInteger runs = new AtomicInteger();
            team.run(100, (tile, worker) -> runs.incrementAndGet());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(runs).hasValue(100);
        }
    }
}
