package org.alluvium.bench.near;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.dedup.Claim;
import org.alluvium.flink.dedup.HoldBand;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * State and checkpoints of near-duplicate detection: the bands of so many documents, none like another, in RocksDB with a time
 * to live; a checkpoint of all of them, and one after one in a hundred more.
 *
 * <pre>
 *   bench/run.sh near.StateReport FOLDER DOCUMENTS
 * </pre>
 */
public final class StateReport {

    private static final int BANDS = 14;
    private static final int MAX_PARALLELISM = 128;

    private final Path folder;
    private final SplittableRandom random = new SplittableRandom(1);
    private long sent;

    private StateReport(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        new StateReport(Files.createDirectories(Path.of(args[0]))).run(Long.parseLong(args[1]));
    }

    @SuppressWarnings("try") // the harness declares that closing may throw anything
    private void run(long documents) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer> hold =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new HoldBand(Duration.ofDays(365))),
                        Claim.Band::key,
                        Types.LONG,
                        MAX_PARALLELISM,
                        1,
                        0)) {
            EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend(true);
            hold.setStateBackend(rocks);
            hold.setCheckpointStorage(new FileSystemCheckpointStorage(
                    folder.resolve("checkpoints").toUri()));
            hold.open();
            send(hold, documents);
            checkpoint(hold, 1);
            send(hold, documents / 100);
            checkpoint(hold, 2);
        }
    }

    private void send(KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer> hold, long documents)
            throws Exception {
        long begun = System.nanoTime();
        for (long document = 0; document < documents; document++) {
            long holder = random.nextLong();
            for (int band = 0; band < BANDS; band++) {
                hold.processElement(new Claim.Band(0, sent, holder, band, random.nextLong()), 0);
            }
            sent++;
            hold.getOutput().clear();
        }
        System.out.printf(
                Locale.ROOT,
                "%d documents held, the last %d in %.1f s%n",
                sent,
                documents,
                (System.nanoTime() - begun) / 1e9);
    }

    private void checkpoint(KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer> hold, long id)
            throws Exception {
        long before = size();
        long begun = System.nanoTime();
        hold.snapshot(id, id);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        hold.notifyOfCompletedCheckpoint(id);
        long written = size() - before;
        System.out.printf(
                Locale.ROOT,
                "checkpoint %d: %d bytes written in %d ms; %d bytes in all, %.1f a document%n",
                id,
                written,
                millis,
                size(),
                (double) size() / sent);
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
