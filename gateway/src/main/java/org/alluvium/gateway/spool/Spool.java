package org.alluvium.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.gateway.batch.PushedRecord;
import org.alluvium.gateway.target.Backlog;
import org.alluvium.gateway.target.DocumentTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that records wait in until ingest has read them.
 *
 * <p><b>Group commit.</b> One thread writes. It takes all requests that wait, appends their records to the open segment,
 * forces it to the disk once, and acknowledges them all; meanwhile the next requests gather. So a lone request waits for
 * one fsync, and a thousand at a time share a few.
 *
 * <p><b>Publication.</b> A segment gets its final name once it is old or large enough. Ingest never sees a file that still
 * grows, and files are few however small the requests are.
 *
 * <p><b>Failure.</b> If writing or forcing fails, nobody knows what of the group is on the disk. The group is refused, the
 * segment is cut back to what was acknowledged and published, and the next group begins a new one. A segment that cannot
 * even be published is tried again at every look.
 */
public final class Spool implements DocumentTarget {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Files that may wait at most: listing more takes longer than looking every second allows. */
    private static final long MOST_FILES = 10_000;

    /** Bytes after which a group is full; what waits beyond goes into the next. */
    private static final long GROUP_BYTES = 8 << 20;

    private static final int CHUNK_BYTES = 1 << 20;
    private static final long LOOK_MILLIS = 1_000;

    private record Write(List<PushedRecord> records, CompletableFuture<List<String>> done) {}

    /** Begins the file of a segment. */
    @FunctionalInterface
    interface SegmentFiles {
        SegmentFile create(String name) throws IOException;
    }

    private final SpoolFolder folder;
    private final SegmentFiles files;
    private final Path path;
    private final SpoolSettings settings;
    private final ProcessLock lock;
    private final ScheduledExecutorService writer;
    private final Queue<Write> waiting = new ConcurrentLinkedQueue<>();
    private volatile Backlog backlog;
    private volatile boolean healthy = true;

    // Owned by the writer thread.
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private final Deque<Segment> unpublished = new ArrayDeque<>();
    private Optional<Segment> open = Optional.empty();

    Spool(SpoolFolder folder, SegmentFiles files, Path path, SpoolSettings settings, ProcessLock lock) {
        this.folder = folder;
        this.files = files;
        this.path = path;
        this.settings = settings;
        this.lock = lock;
        this.writer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("spool").factory());
        this.backlog = backlog(new SpoolFolder.Content(0, 0));
    }

    /** The file that whoever is at work in a folder has locked. */
    public static Path lock(Path folder) {
        return folder.resolve(SpoolFolder.LOCK);
    }

    /**
     * Opens a folder, which is created if it is missing, and publishes what a killed gateway left in it.
     *
     * @throws UnavailableException if another gateway is at work in it
     * @throws StorageException if it cannot be read or written
     */
    public static Spool open(Path folder, SpoolSettings settings, InstantSource clock) {
        ProcessLock lock = ProcessLock.acquire(lock(folder), "the gateway");
        boolean opened = false;
        try {
            SpoolFolder files = new SpoolFolder(folder, clock.millis());
            int recovered = files.recover();
            if (recovered > 0) {
                LOG.info("{}: published {} files that a gateway left when it was killed", folder, recovered);
            }
            Spool spool = new Spool(files, files::create, folder, settings, lock).start();
            opened = true;
            return spool;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    Spool start() {
        Future<?> _ = writer.scheduleWithFixedDelay(reporting(this::look), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** A defect would otherwise be known to nobody, since nobody waits for what the thread does. */
    private Runnable reporting(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException defect) {
                healthy = false;
                LOG.error("The spool's thread failed, a defect of Alluvium", defect);
            }
        };
    }

    @Override
    public CompletableFuture<List<String>> write(List<PushedRecord> records) {
        Write write = new Write(records, new CompletableFuture<>());
        waiting.add(write);
        try {
            writer.execute(reporting(this::commitWaiting));
        } catch (RejectedExecutionException closed) {
            write.done.completeExceptionally(stopping());
        }
        return write.done;
    }

    private UnavailableException stopping() {
        return new UnavailableException(
                "the gateway is stopping", path.toString(), "Send the documents again when it is back");
    }

    @Override
    public Backlog backlog() {
        return backlog;
    }

    @Override
    public boolean healthy() {
        return healthy;
    }

    private void commitWaiting() {
        List<Write> group = nextGroup();
        if (group.isEmpty()) {
            return; // an earlier run has taken it along
        }
        try {
            List<List<String>> origins = commit(group);
            healthy = true;
            for (int i = 0; i < group.size(); i++) {
                group.get(i).done.complete(origins.get(i));
            }
        } catch (IOException e) {
            healthy = false;
            StorageException failure = StorageException.of("write to the spool", path, e);
            LOG.error("{}", failure.getMessage());
            publishOpen();
            group.forEach(write -> write.done.completeExceptionally(failure));
        }
        if (open.isPresent() && open.get().durable() >= settings.segmentBytes()) {
            publishOpen();
        }
    }

    private List<Write> nextGroup() {
        List<Write> group = new ArrayList<>();
        long bytes = 0;
        for (Write next = waiting.poll(); next != null; next = bytes < GROUP_BYTES ? waiting.poll() : null) {
            group.add(next);
            bytes += next.records.stream()
                    .mapToLong(record -> record.line().length)
                    .sum();
        }
        return group;
    }

    /** Makes the group durable; returns the origins of each of its requests. */
    private List<List<String>> commit(List<Write> group) throws IOException {
        Segment segment = openSegment();
        long before = segment.durable();
        List<List<String>> origins = new ArrayList<>(group.size());
        for (Write write : group) {
            origins.add(segment.append(write.records));
        }
        segment.force();
        grow(segment.durable() - before);
        return origins;
    }

    private Segment openSegment() throws IOException {
        if (open.isEmpty()) {
            String name = folder.nextName();
            Segment segment = new Segment(name, files.create(name), chunk);
            open = Optional.of(segment);
            Runnable publish = () -> open.filter(current -> current == segment).ifPresent(_ -> publishOpen());
            Future<?> _ =
                    writer.schedule(reporting(publish), settings.publishAfter().toMillis(), TimeUnit.MILLISECONDS);
        }
        return open.get();
    }

    private void publishOpen() {
        open.ifPresent(unpublished::add);
        open = Optional.empty();
        publishAll();
    }

    private void publishAll() {
        try {
            while (!unpublished.isEmpty()) {
                unpublished.peek().publish();
                unpublished.remove();
            }
        } catch (IOException e) {
            healthy = false;
            LOG.error(
                    "{}",
                    StorageException.of("publish " + unpublished.peek(), path, e)
                            .getMessage());
        }
    }

    private void look() {
        publishAll();
        try {
            if (!healthy) {
                openSegment().force(); // nobody sends anything to a spool that is known to fail, so it tries by itself
                healthy = unpublished.isEmpty();
            }
            SpoolFolder.Content content = folder.content();
            long hidden = open.map(Segment::durable).orElse(0L)
                    + unpublished.stream().mapToLong(Segment::durable).sum();
            backlog = backlog(new SpoolFolder.Content(content.files(), content.bytes() + hidden));
        } catch (IOException e) {
            healthy = false;
            LOG.error("{}", StorageException.of("look into the spool", path, e).getMessage());
        }
    }

    private Backlog backlog(SpoolFolder.Content content) {
        Optional<String> complaint = content.files() <= MOST_FILES
                ? Optional.empty()
                : Optional.of(
                        "ingest is " + content.files() + " files behind; more than " + MOST_FILES + " are not kept");
        return new Backlog(content.bytes(), settings.maxBacklogBytes(), "bytes", complaint);
    }

    /** Until the next look, what was written is added to what was found. */
    private void grow(long bytes) {
        Backlog now = backlog;
        backlog = new Backlog(now.amount() + bytes, now.limit(), now.unit(), now.complaint());
    }

    @Override
    public void close() {
        try {
            CompletableFuture.runAsync(this::publishOpen, writer).join();
        } finally {
            writer.shutdownNow();
            waiting.forEach(write -> write.done.completeExceptionally(stopping()));
            lock.close();
        }
    }
}
