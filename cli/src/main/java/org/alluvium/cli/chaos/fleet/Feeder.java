package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.StorageException;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Produces records at a steady rate, most to the topic and some to files, and remembers of each what became of it. A thread of
 * its own; what is asked of it may be asked by any.
 */
public final class Feeder implements AutoCloseable {

    private static final int RECORDS_PER_FILE = 20;

    private final Documents documents;
    private final Topic topic;
    private final Path inbox;
    private final long nanosBetween;
    private final Map<Long, CompletableFuture<Optional<String>>> sent = new ConcurrentSkipListMap<>();
    private final List<Documents.Message> forFile = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile long next;
    private volatile Throwable failure;

    Feeder(Documents documents, Topic topic, Path inbox, double recordsPerSecond) {
        this.documents = documents;
        this.topic = topic;
        this.inbox = inbox;
        this.nanosBetween = Math.round(TimeUnit.SECONDS.toNanos(1) / recordsPerSecond);
        this.thread = Thread.ofPlatform().name("feeder").start(this::produce);
    }

    /**
     * What became of what was sent.
     *
     * @param records all of them
     * @param unknown numbers of those of which nobody has said that they arrived, with what was said instead
     */
    public record Sent(List<Documents.Message> records, Map<Long, String> unknown) {}

    /** Records sent so far. */
    public long count() {
        return next;
    }

    /** Ends production; returns once of every record it is known what became of it. */
    public Sent finish() {
        close();
        if (failure != null) {
            throw new IllegalStateException("production has ended early", failure);
        }
        Map<Long, String> unknown = new ConcurrentSkipListMap<>();
        sent.forEach((number, outcome) -> outcome.join().ifPresent(why -> unknown.put(number, why)));
        List<Documents.Message> records = new ArrayList<>();
        for (long number = 0; number < next; number++) {
            records.add(documents.message(number));
        }
        return new Sent(records, unknown);
    }

    private void produce() {
        KafkaProducer<byte[], byte[]> producer = topic.producer();
        try (producer) {
            long begun = System.nanoTime();
            long number = 0;
            while (!closed.await(begun + number * nanosBetween - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                Documents.Message record = documents.message(number);
                if (record.toFile()) {
                    toFile(record);
                } else {
                    sent.put(number, Topic.send(producer, record));
                }
                next = ++number;
            }
            publish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void toFile(Documents.Message record) {
        forFile.add(record);
        if (forFile.size() == RECORDS_PER_FILE) {
            publish();
        }
    }

    /** Whole, or not at all. */
    private void publish() {
        if (forFile.isEmpty()) {
            return;
        }
        Path file = inbox.resolve("part-%09d.jsonl".formatted(forFile.getFirst().number()));
        try {
            Path next = inbox.resolve("." + file.getFileName());
            Files.write(next, forFile.stream().map(Documents.Message::json).toList());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            forFile.clear();
        } catch (IOException e) {
            throw StorageException.of("write documents", file, e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
