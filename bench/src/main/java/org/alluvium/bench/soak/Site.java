package org.alluvium.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.layout.CorpusLayout;

/**
 * An ingest process that reads a topic of a real broker and a folder, those who feed both, and one who reads what comes out;
 * all in one folder. For one thread.
 */
final class Site {

    private static final String TOPIC = "documents";
    private static final int PARTITIONS = 4;
    private static final long RETAINED_BYTES = 512L << 20;

    private final Path folder;
    private final CorpusLayout corpus;
    private final InstantSource clock;
    private final Ledger ledger = new Ledger();
    private final Broker broker;
    private final IngestService ingest;
    private final LogFollower follower;
    private List<Feeder> feeders = List.of();

    /**
     * Starts broker, ingest and reader.
     *
     * @param home the checkout
     * @param folder an empty folder
     * @param heap largest heap of ingest
     * @param eventToCommit told of each document how many milliseconds it took from its event time to its commit, by a
     *     thread of its own
     */
    Site(Path home, Path folder, String heap, InstantSource clock, LongConsumer eventToCommit)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.clock = clock;
        this.corpus = new CorpusLayout(folder.resolve("corpus")).create();
        this.broker = Broker.start(folder.resolve("broker"));
        TopicOutlet.create(broker.address(), TOPIC, PARTITIONS, RETAINED_BYTES);
        Files.createDirectories(inbox());
        Path config = Files.writeString(folder.resolve("alluvium.yaml"), yaml());
        this.follower = new LogFollower(
                corpus,
                (row, commit) -> {
                    ledger.add(row.documentId());
                    eventToCommit.accept(commit.createdAt().toEpochMilli() - row.eventTimeMillis());
                },
                ledger::tell);
        this.ingest = new IngestService(home, config, corpus, heap);
    }

    private String yaml() {
        return """
                corpus: {dir: corpus}
                sources:
                  - name: stream
                    format: jsonl
                    kafka: {brokers: "%s", topics: [%s]}
                  - name: folder
                    format: jsonl
                    path: inbox
                    files: {after: delete}
                # A year of hashes would grow for a year: this much is full after the warm-up.
                ingest: {dedupTtl: 5m}
                """.formatted(broker.address(), TOPIC);
    }

    /** Begins to feed topic and folder at a pace. */
    void feed(Pace pace) {
        feeders = List.of(
                new Feeder("stream", new TopicOutlet(broker.address(), TOPIC), pace, clock),
                new Feeder("folder", new FolderOutlet(inbox()), pace, clock));
    }

    /** Ends the feeding, and returns, by feed, how many documents were handed over. */
    Map<String, Long> endFeeding() throws InterruptedException {
        Map<String, Long> offered = new TreeMap<>();
        for (Feeder feeder : feeders) {
            feeder.stop();
            offered.put(feeder.feedName(), feeder.offered());
        }
        return offered;
    }

    /**
     * Lets everything work for a while.
     *
     * @throws IllegalStateException as soon as a part has failed for good
     */
    void letWork(Duration time) throws InterruptedException {
        try {
            failure().get(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException fine) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("see " + folder + ": " + e.getCause(), e.getCause());
        }
    }

    private CompletableFuture<Object> failure() {
        return CompletableFuture.anyOf(Stream.concat(
                        Stream.of(ingest.ended(), follower.failed()),
                        feeders.stream().map(Feeder::failed))
                .toArray(CompletableFuture[]::new));
    }

    Path inbox() {
        return folder.resolve("inbox");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    CorpusLayout corpus() {
        return corpus;
    }

    Ledger ledger() {
        return ledger;
    }

    Broker broker() {
        return broker;
    }

    IngestService ingest() {
        return ingest;
    }

    /** Stops everything in order. */
    void stop() throws InterruptedException {
        ingest.stop();
        follower.stop();
        broker.close();
    }
}
