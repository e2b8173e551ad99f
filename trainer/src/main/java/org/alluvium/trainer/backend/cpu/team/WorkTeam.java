package org.alluvium.trainer.backend.cpu.team;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads for many short parallel loops; the caller is one of them. Tiles are claimed one by one, so that
 * a thread that loses its core holds up one tile only. Between loops threads spin for {@value #SPIN_NANOS} ns, since the
 * next loop usually follows at once, and then park, so that a shared machine is not heated for nothing. Which thread
 * runs a tile is left to chance: a task's result must not depend on it.
 *
 * <p>Hand-over: the caller publishes a {@link Job} in {@link #current}, then unparks those whose {@code parked} it sees;
 * a worker sets {@code parked}, then looks at {@link #current} once more before it parks. Both are volatile, so one of
 * the two sees the other. A late worker that still holds a finished job finds no tile in it. The caller may park in the
 * same way until the last tile is done.
 */
public final class WorkTeam implements AutoCloseable {

    private static final long SPIN_NANOS = 50_000;

    /** What is done for each tile; {@code worker} names scratch memory that no other thread uses meanwhile. */
    @FunctionalInterface
    public interface Task {
        void run(int tile, int worker);
    }

    private final List<Worker> workers = new ArrayList<>();
    private final Runnable prepareThread;
    private Thread preparedCaller;
    private volatile Job current = new Job((tile, worker) -> {}, 0, null);
    private volatile boolean closed;

    /**
     * Starts the team.
     *
     * @param threads including the caller
     * @param prepareThread run once on every thread, and on a caller that was not the last one
     */
    public WorkTeam(int threads, Runnable prepareThread) {
        this.prepareThread = prepareThread;
        for (int index = 1; index < threads; index++) {
            Worker worker = new Worker(index);
            workers.add(worker);
            worker.start();
        }
    }

    public int threads() {
        return workers.size() + 1;
    }

    /** Runs the task for tiles 0 to {@code tiles - 1} and returns when all are done. Rethrows what a tile threw. */
    public void run(int tiles, Task task) {
        if (!Thread.currentThread().equals(preparedCaller)) {
            prepareThread.run();
            preparedCaller = Thread.currentThread();
        }
        if (tiles <= 1 || workers.isEmpty()) {
            for (int tile = 0; tile < tiles; tile++) {
                task.run(tile, 0);
            }
            return;
        }
        Job job = new Job(task, tiles, Thread.currentThread());
        current = job;
        for (Worker worker : workers) {
            if (worker.parked) {
                LockSupport.unpark(worker);
            }
        }
        job.work(0);
        job.await();
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private final class Worker extends Thread {

        private final int index;
        private volatile boolean parked;

        Worker(int index) {
            super("alluvium-compute-" + index);
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            prepareThread.run();
            Job done = null;
            while (!closed) {
                Job job = current;
                if (job == done) {
                    awaitOtherThan(done);
                } else {
                    job.work(index);
                    done = job;
                }
            }
        }

        private void awaitOtherThan(Job done) {
            long start = System.nanoTime();
            while (current == done && System.nanoTime() - start < SPIN_NANOS) {
                Thread.onSpinWait();
            }
            parked = true;
            if (current == done && !closed) {
                LockSupport.park(WorkTeam.this);
            }
            parked = false;
        }
    }

    private static final class Job {

        private final Task task;
        private final int tiles;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger pending;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Job(Task task, int tiles, Thread caller) {
            this.task = task;
            this.tiles = tiles;
            this.caller = caller;
            this.pending = new AtomicInteger(tiles);
        }

        void work(int worker) {
            for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
                try {
                    task.run(tile, worker);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    if (pending.decrementAndGet() == 0 && worker != 0) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }

        void await() {
            boolean interrupted = false;
            long start = System.nanoTime();
            while (pending.get() > 0) {
                if (System.nanoTime() - start < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure.get() instanceof RuntimeException e) {
                throw e;
            }
            if (failure.get() instanceof Error e) {
                throw e;
            }
        }
    }
}
