package org.alluvium.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.log.Freshness.Quantiles;

/**
 * How long a document takes from its event time to its shard's commit at half of full load, beside twice the checkpoint
 * interval. Documents come from a topic of a real broker and from a folder, in equal parts.
 *
 * <p>First they are fed as fast as ingest can, which says what full load is; then, into a fresh corpus, at half of that. Each
 * part counts only if every document that was fed is in the log once. Ages are those of all rows whose commit was seen after
 * the warm-up, to the last one fed: the time of the log entry less the row's own event time, which is when it was made to be
 * sent.
 *
 * <p>Run it with {@code bench/run.sh soak.FreshnessBenchmark FOLDER [warm-up seconds [measured seconds]]}; the folder has
 * to be empty or absent.
 */
public final class FreshnessBenchmark {

    private static final String HEAP = "1g";
    private static final long MOST_UNDERWAY = 60_000;
    private static final int FEEDS = 2;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path folder;
    private final Duration warmUp;
    private final Duration measured;

    private FreshnessBenchmark(Path folder, Duration warmUp, Duration measured) {
        this.folder = folder;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** Prints full load, and the ages at half of it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Duration warmUp = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 60);
        Duration measured = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 300);
        FreshnessBenchmark benchmark = new FreshnessBenchmark(folder, warmUp, measured);
        double full = benchmark.fullLoad();
        System.out.printf("full load: %,.0f documents/s%n", full);
        benchmark.reportAges(full / 2);
    }

    private double fullLoad() throws IOException, InterruptedException {
        Site site = open("full", Collections.synchronizedList(new ArrayList<>()));
        try {
            site.feed(new Pace.Backlog(site.ledger(), MOST_UNDERWAY));
            site.letWork(warmUp);
            long before = site.ledger().committed();
            long began = System.nanoTime();
            site.letWork(measured);
            double perSecond = (site.ledger().committed() - before) / ((System.nanoTime() - began) / 1e9);
            requireEachOnce(site);
            return perSecond;
        } finally {
            site.stop();
        }
    }

    private void reportAges(double perSecond) throws IOException, InterruptedException {
        List<Long> ages = Collections.synchronizedList(new ArrayList<>());
        Site site = open("half", ages);
        try {
            site.feed(new Pace.Rate(perSecond / FEEDS, System.nanoTime()));
            site.letWork(warmUp);
            ages.clear();
            site.letWork(measured);
            requireEachOnce(site);
            report(perSecond, List.of(ages.toArray(Long[]::new)));
        } finally {
            site.stop();
        }
    }

    private void report(double perSecond, List<Long> ages) {
        Duration interval = ConfigLoader.load(folder.resolve("half/alluvium.yaml"), List.of())
                .ingest()
                .checkpointInterval();
        Quantiles millis = Quantiles.of(ages.stream().mapToLong(Long::longValue).toArray())
                .orElseThrow(() -> new IllegalStateException("nothing was committed: measure for longer"));
        System.out.printf(
                "fed %,.0f documents/s; event to commit of %,d: p50 %,d ms, p95 %,d ms, p99 %,d ms; twice the checkpoint"
                        + " interval is %,d ms%n",
                perSecond,
                ages.size(),
                millis.p50Millis(),
                millis.p95Millis(),
                millis.p99Millis(),
                2 * interval.toMillis());
    }

    private Site open(String part, List<Long> ages) throws IOException, InterruptedException {
        Path home = Path.of("").toAbsolutePath();
        return new Site(home, Files.createDirectories(folder.resolve(part)), HEAP, InstantSource.system(), ages::add);
    }

    /** Waits until everything that was fed is in the log. */
    private static void requireEachOnce(Site site) throws InterruptedException {
        Map<String, Long> offered = site.endFeeding();
        while (!site.ledger().hasAllOf(offered)) {
            site.letWork(LOOK);
        }
        String proof = site.ledger().describe(offered);
        if (!site.ledger().hasEachOnce(offered)) {
            throw new IllegalStateException(proof);
        }
        System.out.println(proof);
    }
}
