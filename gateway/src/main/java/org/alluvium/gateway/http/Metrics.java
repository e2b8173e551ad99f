package org.alluvium.gateway.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.gateway.target.Backlog;

/**
 * What the gateway has done since it started, in Prometheus' text format, version 0.0.4. Names and labels are an interface:
 * never rename one. Thread-safe.
 */
final class Metrics {

    private static final String PREFIX = "alluvium_gateway_";

    /** Upper bounds of the buckets, in milliseconds: from an fsync of a good disk to what a client still waits for. */
    private static final long[] BUCKET_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<Integer, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder documents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder badRecords = new LongAdder();
    private final LongAdder acceptNanos = new LongAdder();

    /** Of each bucket alone; the last has no bound. */
    private final LongAdder[] accepts = IntStream.rangeClosed(0, BUCKET_MILLIS.length)
            .mapToObj(_ -> new LongAdder())
            .toArray(LongAdder[]::new);

    void answered(int status) {
        requests.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    /** Counts a request whose documents are durable, and the time from its first byte until they were. */
    void accepted(long documentCount, long byteCount, long nanos) {
        documents.add(documentCount);
        bytes.add(byteCount);
        acceptNanos.add(nanos);
        int bucket = 0;
        while (bucket < BUCKET_MILLIS.length && nanos > BUCKET_MILLIS[bucket] * NANOS_PER_MILLI) {
            bucket++;
        }
        accepts[bucket].increment();
    }

    void refusedRecords(long count) {
        badRecords.add(count);
    }

    /** All of it as text, with what is known of the target and the memory at this moment. */
    String text(Backlog backlog, boolean healthy, long memoryBytes) {
        MetricsPage page = new MetricsPage(PREFIX);
        page.family("requests_total", "counter", "Requests answered, by status.");
        requests.forEach((status, count) ->
                page.value("requests_total" + MetricsPage.label("status", status.toString()), count.sum()));
        page.single("documents_total", "counter", "Documents and deletions made durable.", documents.sum());
        page.single("record_bytes_total", "counter", "Bytes of them, as JSON.", bytes.sum());
        page.single("bad_records_total", "counter", "Records that were no documents.", badRecords.sum());
        page.single("backlog_" + backlog.unit(), "gauge", "What ingest has yet to read.", backlog.amount());
        page.single(
                "backlog_limit_" + backlog.unit(),
                "gauge",
                "Backlog beyond which requests are refused.",
                backlog.limit());
        page.single("body_memory_bytes", "gauge", "Memory that requests hold now.", memoryBytes);
        page.single("healthy", "gauge", "1 if the last attempt to keep something succeeded.", healthy ? 1 : 0);
        histogram(page);
        return page.text();
    }

    private void histogram(MetricsPage page) {
        page.family("accept_seconds", "histogram", "Time from a request's first byte until its documents are durable.");
        long upTo = 0;
        for (int i = 0; i < accepts.length; i++) {
            upTo += accepts[i].sum();
            String bound = i < BUCKET_MILLIS.length ? Double.toString(BUCKET_MILLIS[i] / 1e3) : "+Inf";
            page.value("accept_seconds_bucket" + MetricsPage.label("le", bound), upTo);
        }
        page.value("accept_seconds_sum", acceptNanos.sum() / NANOS_PER_SECOND);
        page.value("accept_seconds_count", upTo);
    }
}
