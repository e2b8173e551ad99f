package org.alluvium.trainer.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.alluvium.contracts.error.FencedException;

/**
 * Copies a run to its archive behind the training: one thread, one checkpoint at a time, and nobody waits for it but who
 * asks to. It looks whenever a checkpoint has been published, and every few seconds for what else has grown. What fails is tried
 * again, less and less often, for as long as the process lives. Thread-safe.
 */
public final class Archiver implements AutoCloseable {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6; // about a minute at most

    /** What does not end in this time once it is interrupted waits for a byte of the service. */
    private static final Duration PARTING = Duration.ofSeconds(1);

    private final ArchivePass pass;
    private final Listener listener;
    private final Duration look;
    private final Thread thread;

    private final Lock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    // Guarded by the lock.
    private long asked;
    private long done;
    private boolean hurried;
    private boolean closed;
    private Optional<FencedException> fenced = Optional.empty();

    /** Hears what becomes of the archive, on the archiver's thread. */
    public interface Listener {

        /** A checkpoint is in the archive; copying it took so long. */
        void archived(ArchivedCheckpoint checkpoint, Duration took);

        /** It does not work at present. Told once, until it works again. */
        void failing(String message);

        /** Another trainer has the archive, and this one must end. */
        void fenced(FencedException error);
    }

    /** @param look how often it is looked for what has grown */
    Archiver(ArchivePass pass, Listener listener, Duration look) {
        this.pass = pass;
        this.listener = listener;
        this.look = look;
        this.thread = Thread.ofPlatform().name("archive").daemon().unstarted(this::work);
    }

    Archiver start() {
        thread.start();
        return this;
    }

    /** There is something new to be copied. */
    public void wake() {
        lock.lock();
        try {
            asked++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The run goes on from a step, so that what the archive has of later ones is void. */
    public void goOnFrom(long step) {
        pass.goOnFrom(step);
        wake();
    }

    /** Whether a checkpoint's folder is being read; who deletes old ones then leaves it for the next time. */
    public boolean isReading(Path checkpoint) {
        return pass.reading().filter(checkpoint::equals).isPresent();
    }

    /**
     * Waits until everything that was there at the call is in the archive.
     *
     * @return false if that took longer than allowed
     * @throws FencedException if another trainer has the archive
     */
    public boolean finish(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            hurried = true;
            long wanted = ++asked;
            news.signalAll();
            long left = atMost.toNanos();
            while (done < wanted && fenced.isEmpty() && left > 0) {
                left = news.awaitNanos(left);
            }
            if (fenced.isPresent()) {
                throw fenced.get();
            }
            return done >= wanted;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the thread; what was not finished is not in the archive. A request that the service does not answer is not waited
     * for: its thread ends with it, or with the process, and an entry that it still creates is one of this trainer's.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join(PARTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        int failures = 0;
        for (long turn = awaitTurn(failures); turn >= 0; turn = awaitTurn(failures)) {
            try {
                pass.run(listener);
                finished(turn);
                failures = 0;
            } catch (FencedException e) {
                beFenced(e);
                return;
            } catch (IOException | RuntimeException e) {
                if (failures++ == 0 && !isClosed()) {
                    listener.failing(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** What had been asked for when it was time for a pass; negative if there is to be none any more. */
    private long awaitTurn(int failures) {
        lock.lock();
        try {
            long left = (failures == 0 ? look : pause(failures)).toNanos();
            while (!closed && left > 0 && (failures > 0 || asked == done)) {
                left = news.awaitNanos(left);
            }
            return closed ? -1 : asked;
        } catch (InterruptedException e) {
            return -1; // only close() interrupts
        } finally {
            lock.unlock();
        }
    }

    /** Somebody who waits for the end does not want to wait for a long pause. */
    private Duration pause(int failures) {
        int doublings = hurried ? 0 : Math.min(failures - 1, DOUBLINGS);
        return SHORTEST_PAUSE.multipliedBy(1L << doublings);
    }

    private void finished(long turn) {
        lock.lock();
        try {
            done = turn;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void beFenced(FencedException error) {
        lock.lock();
        try {
            fenced = Optional.of(error);
            news.signalAll();
        } finally {
            lock.unlock();
        }
        listener.fenced(error);
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
