package org.alluvium.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.gateway.batch.Batch;
import org.alluvium.gateway.batch.BatchReader;
import org.alluvium.gateway.batch.BodyFormat;
import org.alluvium.gateway.batch.PushedRecord;
import org.alluvium.gateway.target.DocumentTarget;
import org.alluvium.ingest.record.StableId;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;

/** {@code POST /documents}. Waits for the target, so it runs on a virtual thread. Thread-safe. */
final class DocumentsEndpoint {

    private final String source;
    private final BatchReader reader;
    private final DocumentTarget target;
    private final RequestBody.Limits limits;
    private final GatewayMetrics metrics;

    /** @param source name of the source that will read what is pushed */
    DocumentsEndpoint(
            String source,
            BatchReader reader,
            DocumentTarget target,
            RequestBody.Limits limits,
            GatewayMetrics metrics) {
        this.source = source;
        this.reader = reader;
        this.target = target;
        this.limits = limits;
        this.metrics = metrics;
    }

    Answer post(Request request, InputStream in) throws IOException, InterruptedException {
        try {
            BodyFormat format = format(request);
            boolean gzip = gzip(request);
            Optional<String> refusal = target.backlog().refusal();
            if (refusal.isPresent()) {
                return Answer.later(429, refusal.get(), limits.retryAfter());
            }
            try (RequestBody body = RequestBody.read(in, request.getLength(), gzip, limits)) {
                return answer(reader.read(format, body.bytes()), request);
            }
        } catch (RefusedRequestException refused) {
            return refused.answer();
        }
    }

    private static BodyFormat format(Request request) throws RefusedRequestException {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return Optional.ofNullable(type)
                .flatMap(BodyFormat::of)
                .orElseThrow(() -> new RefusedRequestException(Answer.unsupported("the content type "
                        + (type == null ? "is missing" : "'" + type + "' is not supported") + "; send "
                        + String.join(", ", BodyFormat.mediaTypes()) + ", in UTF-8")));
    }

    private static boolean gzip(Request request) throws RefusedRequestException {
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return true;
        }
        throw new RefusedRequestException(
                Answer.unsupported("the content encoding '" + encoding + "' is not supported; send gzip or none"));
    }

    private Answer answer(Batch batch, Request request) throws InterruptedException {
        return switch (batch) {
            case Batch.Good good -> keep(good.records(), request);
            case Batch.Bad bad -> {
                metrics.refusedRecords(bad.count());
                yield Answer.bad(bad);
            }
            case Batch.TooLong tooLong -> {
                metrics.refusedRecords(1);
                yield Answer.tooLong(tooLong.record());
            }
        };
    }

    private Answer keep(List<PushedRecord> records, Request request) throws InterruptedException {
        try {
            List<String> origins = target.write(records).get();
            long bytes =
                    records.stream().mapToLong(record -> record.line().length).sum();
            metrics.accepted(records.size(), bytes, NanoTime.since(request.getBeginNanoTime()));
            return Answer.accepted(ids(records, origins));
        } catch (ExecutionException failed) {
            return switch (failed.getCause()) {
                case DataException never -> Answer.error(413, never.getMessage());
                case AlluviumException now -> Answer.later(503, now.getMessage(), limits.retryAfter());
                default -> throw new IllegalStateException("the documents could not be kept", failed.getCause());
            };
        }
    }

    /** The ids that the documents will have in the corpus. */
    private List<String> ids(List<PushedRecord> records, List<String> origins) {
        List<String> ids = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            String origin = origins.get(i);
            ids.add(records.get(i).id().orElseGet(() -> StableId.v1(source, origin)));
        }
        return ids;
    }
}
