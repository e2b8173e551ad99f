package org.alluvium.bench.near;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.dedup.Claim;
import org.alluvium.flink.dedup.ExactDedup;
import org.alluvium.flink.dedup.HoldBand;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * State and checkpoints of deduplication: the texts of so many documents, and the bands of so many, none like another, each in
 * RocksDB with a time to live; a checkpoint of all of them, and one after one in a hundred more. RocksDB has its own default
 * memory, as a task with enough of it.
 *
 * <pre>
 *   bench/run.sh near.StateReport FOLDER DOCUMENTS
 * </pre>
 */
public final class StateReport {

    private static final int BANDS = 14;
    private static final int MAX_PARALLELISM = 128;
    private static final Duration TIME_TO_LIVE = Duration.ofDays(365);

    private final Path folder;
    private final SplittableRandom random = new SplittableRandom(1);
    private long sent;

    private StateReport(Path folder) {
        this.folder = folder;
    }

    /** Prints a line for each checkpoint. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        long documents = Long.parseLong(args[1]);
        new StateReport(Files.createDirectories(folder.resolve("exact"))).exact(documents);
        new StateReport(Files.createDirectories(folder.resolve("near"))).near(documents);
    }

    /** Sends one document, none of which is like another, to an operator. */
    private interface Send {
        void next() throws Exception;
    }

    @SuppressWarnings("try") // the harness declares that closing may throw anything
    private void exact(long documents) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new ExactDedup(TIME_TO_LIVE)),
                        Outcome::key,
                        ContentHashSerializer.TYPE,
                        MAX_PARALLELISM,
                        1,
                        0)) {
            System.out.println("Exact deduplication");
            measure(dedup, documents, () -> dedup.processElement(candidate(), 0));
        }
    }

    private Outcome candidate() {
        Document document =
                new Document("id", "source", "file@0", Optional.empty(), "text", 0, Optional.empty(), Map.of());
        ContentHash hash = new ContentHash(random.nextLong(), random.nextLong());
        return new Outcome.Candidate(hash, document, false, 0);
    }

    @SuppressWarnings("try")
    private void near(long documents) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer> hold =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new HoldBand(TIME_TO_LIVE)),
                        Claim.Band::key,
                        Types.LONG,
                        MAX_PARALLELISM,
                        1,
                        0)) {
            System.out.println("Near-duplicates, " + BANDS + " bands");
            measure(hold, documents, () -> {
                long holder = random.nextLong();
                for (int band = 0; band < BANDS; band++) {
                    hold.processElement(new Claim.Band(0, sent, holder, band, random.nextLong()), 0);
                }
            });
        }
    }

    private void measure(AbstractStreamOperatorTestHarness<?> operator, long documents, Send send) throws Exception {
        Configuration options = new Configuration();
        options.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true); // as the job has it
        options.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
        EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend(true)
                .configure(options, getClass().getClassLoader());
        operator.setStateBackend(rocks);
        operator.setCheckpointStorage(
                new FileSystemCheckpointStorage(folder.resolve("checkpoints").toUri()));
        operator.open();
        send(operator, documents, send);
        checkpoint(operator, 1);
        send(operator, documents / 100, send);
        checkpoint(operator, 2);
    }

    private void send(AbstractStreamOperatorTestHarness<?> operator, long documents, Send send) throws Exception {
        long begun = System.nanoTime();
        for (long document = 0; document < documents; document++) {
            send.next();
            sent++;
            operator.getOutput().clear();
        }
        System.out.printf(
                Locale.ROOT,
                "%,d documents held, the last %,d in %.1f s%n",
                sent,
                documents,
                (System.nanoTime() - begun) / 1e9);
    }

    private void checkpoint(AbstractStreamOperatorTestHarness<?> operator, long id) throws Exception {
        long before = size();
        long begun = System.nanoTime();
        operator.snapshot(id, id);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        operator.notifyOfCompletedCheckpoint(id);
        long written = size() - before;
        System.out.printf(
                Locale.ROOT,
                "checkpoint %d: %,d bytes written in %,d ms; %,d bytes in all, %.1f a document%n",
                id,
                written,
                millis,
                size(),
                (double) size() / sent);
    }

    /** Bytes of all checkpoints; what several share is there once. */
    private long size() throws IOException {
        Path checkpoints = folder.resolve("checkpoints");
        if (!Files.exists(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
