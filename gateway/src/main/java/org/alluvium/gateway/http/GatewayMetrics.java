package org.alluvium.gateway.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.alluvium.contracts.metrics.Durations;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.contracts.metrics.ProcessFigures;
import org.alluvium.contracts.metrics.Tallies;
import org.alluvium.gateway.target.Backlog;

/** What the gateway has done since it started. Thread-safe. */
public final class GatewayMetrics {

    private static final Metric REQUESTS =
            Metric.counter("alluvium_gateway_requests_total", "requests", "Requests answered, by status.", "status");
    private static final Metric DOCUMENTS =
            Metric.counter("alluvium_gateway_documents_total", "documents", "Documents and deletions made durable.");
    private static final Metric BYTES =
            Metric.counter("alluvium_gateway_record_bytes_total", "bytes", "Bytes of them, as JSON.");
    private static final Metric BAD_RECORDS =
            Metric.counter("alluvium_gateway_bad_records_total", "records", "Records that were no documents.");
    private static final Metric BACKLOG_BYTES =
            Metric.gauge("alluvium_gateway_backlog_bytes", "bytes", "What ingest has yet to read of the spool.");
    private static final Metric BACKLOG_LIMIT_BYTES =
            Metric.gauge("alluvium_gateway_backlog_limit_bytes", "bytes", "Backlog beyond which requests are refused.");
    private static final Metric BACKLOG_RECORDS =
            Metric.gauge("alluvium_gateway_backlog_records", "records", "What ingest has yet to read of the topic.");
    private static final Metric BACKLOG_LIMIT_RECORDS = Metric.gauge(
            "alluvium_gateway_backlog_limit_records", "records", "Backlog beyond which requests are refused.");
    private static final Metric BODY_MEMORY =
            Metric.gauge("alluvium_gateway_body_memory_bytes", "bytes", "Memory that requests hold now.");
    private static final Metric HEALTHY = Metric.gauge(
            "alluvium_gateway_healthy", Metric.PLAIN, "1 if the last attempt to keep something succeeded.");
    private static final Metric ACCEPT = Metric.durations(
            "alluvium_gateway_accept_seconds", "Time from a request's first byte until its documents are durable.");
    private static final ProcessFigures PROCESS = new ProcessFigures("gateway", Optional.empty());

    /** All there are. A gateway tells its backlog in bytes if it has a spool, and in records if it has a topic. */
    public static final List<Metric> ALL = Stream.concat(
                    Stream.of(
                            REQUESTS,
                            DOCUMENTS,
                            BYTES,
                            BAD_RECORDS,
                            BACKLOG_BYTES,
                            BACKLOG_LIMIT_BYTES,
                            BACKLOG_RECORDS,
                            BACKLOG_LIMIT_RECORDS,
                            BODY_MEMORY,
                            HEALTHY,
                            ACCEPT),
                    PROCESS.metrics().stream())
            .toList();

    private final Tallies requests = new Tallies(REQUESTS, "202", "429", "500", "503");
    private final LongAdder documents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder badRecords = new LongAdder();
    private final Durations accepts = new Durations(ACCEPT);

    void answered(int status) {
        requests.add(Integer.toString(status));
    }

    /** Counts a request whose documents are durable, and the time from its first byte until they were. */
    void accepted(long documentCount, long byteCount, long nanos) {
        documents.add(documentCount);
        bytes.add(byteCount);
        accepts.add(nanos);
    }

    void refusedRecords(long count) {
        badRecords.add(count);
    }

    /** All of it as text, with what is known of the target and the memory at this moment. */
    String text(Backlog backlog, boolean healthy, long memoryBytes) {
        MetricsPage page = new MetricsPage();
        requests.write(page);
        page.single(DOCUMENTS, documents.sum());
        page.single(BYTES, bytes.sum());
        page.single(BAD_RECORDS, badRecords.sum());
        boolean inBytes = backlog.unit().equals("bytes");
        page.single(inBytes ? BACKLOG_BYTES : BACKLOG_RECORDS, backlog.amount());
        page.single(inBytes ? BACKLOG_LIMIT_BYTES : BACKLOG_LIMIT_RECORDS, backlog.limit());
        page.single(BODY_MEMORY, memoryBytes);
        page.single(HEALTHY, healthy ? 1 : 0);
        accepts.write(page);
        PROCESS.write(page);
        return page.text();
    }
}
