package org.alluvium.contracts.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** How long something took each time, as the histogram of a metric in seconds. Thread-safe. */
public final class Durations {

    /** Upper bounds of the buckets, in milliseconds: from an fsync of a good disk to what a client still waits for. */
    private static final long[] BUCKET_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Metric metric;
    private final LongAdder nanosOfAll = new LongAdder();

    /** Of each bucket alone; the last has no bound. */
    private final LongAdder[] counts = IntStream.rangeClosed(0, BUCKET_MILLIS.length)
            .mapToObj(bucket -> new LongAdder())
            .toArray(LongAdder[]::new);

    /** @param metric a histogram in seconds, without labels */
    public Durations(Metric metric) {
        this.metric = metric;
    }

    /** It took so long. */
    public void add(long nanos) {
        nanosOfAll.add(nanos);
        int bucket = 0;
        while (bucket < BUCKET_MILLIS.length && nanos > BUCKET_MILLIS[bucket] * NANOS_PER_MILLI) {
            bucket++;
        }
        counts[bucket].increment();
    }

    /** Writes all of it. */
    public void write(MetricsPage page) {
        page.family(metric);
        long upTo = 0;
        for (int i = 0; i < counts.length; i++) {
            upTo += counts[i].sum();
            String bound = i < BUCKET_MILLIS.length ? Double.toString(BUCKET_MILLIS[i] / 1e3) : "+Inf";
            page.line(metric.name() + "_bucket", List.of("le"), List.of(bound), upTo);
        }
        page.line(metric.name() + "_sum", List.of(), List.of(), nanosOfAll.sum() / NANOS_PER_SECOND);
        page.line(metric.name() + "_count", List.of(), List.of(), upTo);
    }
}
