package org.alluvium.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.dedup.ExactDedup;
import org.alluvium.flink.job.IngestOptions;
import org.alluvium.flink.job.IngestProcess;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;
import org.alluvium.ingest.text.ContentHasher;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * Ingest in megabytes of input per second of CPU time, of all threads of the process: the whole job in one process, and its
 * pure parts one by one on one thread.
 *
 * <p>Whole runs come in pairs, one on no input and one on the file, each on a fresh corpus; the difference of their CPU
 * times is what the file cost, without the start of Flink. The first pair warms up and is not counted. Before a run counts,
 * its log must account for every line, and accept as many documents as there are different texts.
 *
 * <p>Run it with {@code bench/run.sh IngestBenchmark europarl.lines.txt [runs]} on an unpacked file of the format {@code
 * lucene_lines}.
 */
public final class IngestBenchmark {

    private static final int PARTS_ROUNDS = 3;

    private final Path input;
    private final Path work;

    private IngestBenchmark(Path input, Path work) {
        this.input = input;
        this.work = work;
    }

    /** Prints one line per run and per part. */
    public static void main(String[] args) throws IOException {
        Path work = Files.createTempDirectory("ingest-benchmark");
        IngestBenchmark benchmark = new IngestBenchmark(Path.of(args[0]), work);
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Set<ContentHash> texts = benchmark.measureParts();
        benchmark.measureWholeRuns(runs, texts.size());
    }

    private void measureWholeRuns(int runs, long distinctTexts) throws IOException {
        double megabytes = Files.size(input) / 1e6;
        for (int run = 0; run <= runs; run++) {
            double empty = run("empty-" + run, false).cpuSeconds();
            Run full = run("full-" + run, true);
            check(full.funnel(), distinctTexts);
            double cost = full.cpuSeconds() - empty;
            System.out.printf(
                    "%s end to end: %.1f MB in %.2f CPU-s (and %.2f to start and stop) = %.2f MB per CPU-second%n",
                    run == 0 ? "warm-up" : "run " + run, megabytes, cost, empty, megabytes / cost);
        }
    }

    private record Run(double cpuSeconds, Funnel funnel) {}

    private Run run(String name, boolean withInput) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Path in = Files.createDirectories(folder.resolve("in"));
        if (withInput) {
            Files.createSymbolicLink(in.resolve("input.txt"), input.toAbsolutePath());
        }
        Path file = Files.writeString(
                folder.resolve("alluvium.yaml"),
                "corpus: {dir: corpus}\nsources: [{name: bench, path: in, format: lucene_lines, follow: false}]\n");
        AlluviumConfig config = ConfigLoader.load(file, List.of());
        double before = processCpuSeconds();
        IngestProcess.run(config, IngestOptions.DEFAULT);
        double cpuSeconds = processCpuSeconds() - before;
        Funnel funnel = StoreShardLog.of(new CorpusLayout(folder.resolve("corpus"))).readFrom(0).stream()
                .filter(LogEntry.Commit.class::isInstance)
                .map(entry -> ((LogEntry.Commit) entry).funnel())
                .reduce(Funnel.EMPTY, Funnel::plus);
        return new Run(cpuSeconds, funnel);
    }

    private void check(Funnel funnel, long distinctTexts) throws IOException {
        try (Stream<String> lines = Files.lines(input)) {
            long expected = lines.count();
            if (funnel.read() != expected || funnel.accepted() != distinctTexts || !funnel.balances()) {
                throw new IllegalStateException("%d lines and %d texts went in, but the log says %s"
                        .formatted(expected, distinctTexts, funnel));
            }
        }
    }

    /** Times the parts, and returns what the whole must accept. */
    private Set<ContentHash> measureParts() throws IOException {
        List<SourceRecord> records = records();
        Set<ContentHash> texts = new HashSet<>();
        for (int round = 1; round <= PARTS_ROUNDS; round++) {
            boolean last = round == PARTS_ROUNDS;
            List<Document> documents = new ArrayList<>();
            time("parse and normalize", last, () -> parse(records, documents));
            time(
                    "content hash",
                    last,
                    () -> documents.forEach(document -> texts.add(ContentHasher.v1(document.text()))));
            time("serialize and deserialize", last, () -> passThroughSerializer(documents));
            time("deduplicate (RocksDB)", last, () -> deduplicate(documents, texts.size()));
            time("tokenize", last, () -> tokenize(documents));
            List<ShardRow> rows = DemoRows.tokenize(
                    Vocabulary.bundled(), documents.stream().map(Document::text).toList());
            time("write shards", last, () -> writeShard(rows));
        }
        return texts;
    }

    private List<SourceRecord> records() throws IOException {
        List<SourceRecord> records = new ArrayList<>();
        for (String line : Files.readAllLines(input)) {
            records.add(SourceRecord.Content.of(
                    "bench", "input.txt#" + (records.size() + 1), 0, line.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private static void parse(List<SourceRecord> records, List<Document> documents) {
        RecordParser parser = RecordParser.of(
                SourceConfig.ofFolder("bench", Location.of(Path.of("in")), SourceConfig.Format.LUCENE_LINES, false));
        for (SourceRecord record : records) {
            if (parser.parse(record) instanceof ParsedDocument parsed) {
                documents.add(parsed.document());
            }
        }
    }

    private static void passThroughSerializer(List<Document> documents) {
        TypeSerializer<Outcome> serializer = OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(1 << 16);
        DataInputDeserializer in = new DataInputDeserializer();
        ContentHash hash = new ContentHash(1, 2);
        try {
            for (Document document : documents) {
                out.clear();
                serializer.serialize(new Outcome.Candidate(hash, document, false, 0), out);
                in.setBuffer(out.getSharedBuffer(), 0, out.length());
                if (!serializer.deserialize(in).key().equals(hash) || in.available() > 0) {
                    throw new IllegalStateException("a document did not come back whole: " + document.id());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
    }

    @SuppressWarnings("try") // the harness closes with any exception, which is rethrown
    private static void deduplicate(List<Document> documents, int distinctTexts) {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new ExactDedup(Duration.ofDays(365))),
                        Outcome::key,
                        ContentHashSerializer.TYPE)) {
            dedup.setStateBackend(new EmbeddedRocksDBStateBackend(true));
            dedup.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
            dedup.open();
            for (Document document : documents) {
                dedup.processElement(new Outcome.Candidate(ContentHasher.v1(document.text()), document, false, 0), 0);
            }
            long kept = dedup.extractOutputValues().stream()
                    .filter(Outcome.Candidate.class::isInstance)
                    .count();
            if (kept != distinctTexts) {
                throw new IllegalStateException(kept + " documents passed, of " + distinctTexts + " different texts");
            }
        } catch (Exception e) {
            throw new IllegalStateException("the deduplication failed", e);
        }
    }

    private static void writeShard(List<ShardRow> rows) {
        ShardMetadata metadata = new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION, Vocabulary.bundled().digest(), "", "bench", false, false);
        try (ShardWriter writer = ShardWriter.open(OutputStream.nullOutputStream(), "nowhere", metadata)) {
            rows.forEach(writer::write);
            if (writer.finish("bench.parquet").rows() != rows.size()) {
                throw new IllegalStateException("the shard does not have every row");
            }
        }
    }

    private static void tokenize(List<Document> documents) {
        AtomicLong tokens = new AtomicLong();
        try (Encoder encoder = PieceEncoder.of(Vocabulary.bundled())) {
            documents.forEach(document -> tokens.addAndGet(encoder.encode(document.text()).length));
        }
        if (tokens.get() == 0) {
            throw new IllegalStateException("no document has a token");
        }
    }

    private void time(String part, boolean print, Runnable work) throws IOException {
        double before = threadCpuSeconds();
        work.run();
        double cpuSeconds = threadCpuSeconds() - before;
        if (print) {
            double megabytes = Files.size(input) / 1e6;
            System.out.printf("%s: %.1f MB per CPU-second%n", part, megabytes / cpuSeconds);
        }
    }

    private static double threadCpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static double processCpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }
}
