package org.alluvium.dashboard.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkshopTest {

    private final Workshop workshop = new Workshop();

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void theSameQuestionIsWorkedOutOnce() throws InterruptedException {
        AtomicInteger worked = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(workshop.ask(Integer.class, "how many", model -> worked.incrementAndGet()))
                    .isEqualTo(1);
        }
        assertThat(workshop.ask(Integer.class, "another", model -> worked.incrementAndGet()))
                .isEqualTo(2);
    }

    @Test
    void whatFailsSaysSoToWhoeverAsked() {
        assertThatThrownBy(() -> workshop.once(String.class, model -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fewMayWait() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = new ArrayList<>();
            asked.add(askers.submit(() -> workshop.once(String.class, model -> hold(busy, release))));
            busy.await();
            CountDownLatch firstRefusal = new CountDownLatch(1);
            for (int i = 0; i < 5; i++) {
                asked.add(askers.submit(() -> {
                    try {
                        return workshop.once(String.class, model -> "done");
                    } catch (UnavailableException e) {
                        refused.incrementAndGet();
                        firstRefusal.countDown();
                        return "refused";
                    }
                }));
            }
            firstRefusal.await(); // four fit, so one of five does not
            release.countDown();
            for (Future<?> future : asked) {
                assertThat(future.get()).isNotNull();
            }
        }
        assertThat(refused).hasValue(1);
    }

    private static String hold(CountDownLatch busy, CountDownLatch release) {
        busy.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "held";
    }
}
