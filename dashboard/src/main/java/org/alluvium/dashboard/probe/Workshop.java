package org.alluvium.dashboard.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Where everything heavy is computed: by one thread, for at most a few who wait, so that a dashboard never takes a machine from
 * its trainer. Newest results are remembered by their question. Thread-safe.
 */
public final class Workshop implements AutoCloseable {

    private static final int MOST_WAITING = 4;
    private static final int REMEMBERED = 32;

    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("dashboard-workshop").daemon().factory());

    private final LoadedModel model = new LoadedModel(); // the worker's own

    // Guarded by its monitor.
    private final Map<String, Object> results = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Computes an answer, or brings back the one that was computed before, and waits for it.
     *
     * @param question names the answer: the same question has the same answer for ever
     * @param work what computes it; the model is the worker's and not to be kept
     * @throws UnavailableException if too many wait already
     */
    public <T> T ask(Class<T> type, String question, Function<LoadedModel, T> work) throws InterruptedException {
        synchronized (results) {
            Object known = results.get(question);
            if (known != null) {
                return type.cast(known);
            }
        }
        T answer = once(type, work);
        synchronized (results) {
            results.put(question, answer);
        }
        return answer;
    }

    /**
     * The same for an answer that may be another one next time.
     *
     * @throws UnavailableException if too many wait already
     */
    public <T> T once(Class<T> type, Function<LoadedModel, T> work) throws InterruptedException {
        try {
            Future<T> future = worker.submit(() -> work.apply(model));
            return type.cast(future.get());
        } catch (RejectedExecutionException e) {
            throw new UnavailableException(
                    "others are waiting for the same worker", "dashboard", "Ask again in a moment", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Lets go of the model. What is being computed ends first. */
    @Override
    public void close() {
        worker.execute(model::close);
        worker.shutdown();
    }
}
