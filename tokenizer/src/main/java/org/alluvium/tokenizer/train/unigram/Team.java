package org.alluvium.tokenizer.train.unigram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Some threads that share numbered tasks. Used by one thread at a time; closing ends them. */
final class Team implements AutoCloseable {

    private final int size;
    private final ExecutorService threads;

    Team(int size) {
        this.size = size;
        this.threads = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, "unigram-training");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does tasks 0 and up, each once, in any order.
     *
     * @param states makes what one thread collects its results in
     * @return what the threads collected
     */
    <T> List<T> share(int tasks, Supplier<T> states, ObjIntConsumer<T> work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Callable<T> member = () -> {
            T state = states.get();
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                work.accept(state, task);
            }
            return state;
        };
        List<T> results = new ArrayList<>();
        try {
            for (var result : threads.invokeAll(Collections.nCopies(size, member))) {
                results.add(result.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // such as the heap's end, of which the caller knows what to do
            }
            throw new IllegalStateException("training failed in one of its threads", e.getCause());
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
