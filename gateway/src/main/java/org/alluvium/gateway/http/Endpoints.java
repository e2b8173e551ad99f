package org.alluvium.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.gateway.target.DocumentTarget;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who answers a request. {@code GET /healthz} (alive: 200 as long as requests are answered) and {@code GET /readyz}
 * (ready: 200 while documents can be kept, else 503) are for everybody, since probes and load balancers have no secrets; all
 * else needs the token, if there is one. What cannot be kept now is no reason to restart a gateway, so it stays alive.
 * Thread-safe.
 */
final class Endpoints extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final long MOST_DRAINED = 1 << 20;

    /** Answers are for programs: no browser may guess at them, keep or show them. */
    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private final Door door;
    private final DocumentsEndpoint documents;
    private final DocumentTarget target;
    private final MemoryBudget budget;
    private final GatewayMetrics metrics;

    Endpoints(
            Door door,
            DocumentsEndpoint documents,
            DocumentTarget target,
            MemoryBudget budget,
            GatewayMetrics metrics) {
        this.door = door;
        this.documents = documents;
        this.target = target;
        this.budget = budget;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        InputStream body = Request.asInputStream(request);
        Answer answer = answered(request, body);
        drain(request, body);
        metrics.answered(answer.status());
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    /**
     * Reads what a refused client is still sending, within reason: one whose connection is closed meanwhile would not see
     * the answer. A client that first asks whether to send has nothing on its way.
     */
    private static void drain(Request request, InputStream body) throws IOException {
        if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
            long _ = body.skip(MOST_DRAINED);
        }
    }

    /** What goes wrong here is for the log alone. */
    private Answer answered(Request request, InputStream body) throws IOException, InterruptedException {
        try {
            return answer(request, body);
        } catch (RuntimeException e) {
            LOG.error("{} failed", Request.getPathInContext(request), e);
            return Answer.error(500, "the gateway has failed to answer; its log says how");
        }
    }

    private Answer answer(Request request, InputStream body) throws IOException, InterruptedException {
        String path = Request.getPathInContext(request);
        if (path.equals("/healthz")) {
            return onlyFor(HttpMethod.GET, request).orElseGet(() -> plain(200, "ok\n"));
        }
        if (path.equals("/readyz")) {
            return onlyFor(HttpMethod.GET, request).orElseGet(this::readiness);
        }
        Optional<Answer> closed = door.refusal(request);
        if (closed.isPresent()) {
            return closed.get();
        }
        return switch (path) {
            case "/documents" -> {
                Optional<Answer> refusal = onlyFor(HttpMethod.POST, request);
                yield refusal.isPresent() ? refusal.get() : documents.post(request, body);
            }
            case "/metrics" -> onlyFor(HttpMethod.GET, request).orElseGet(this::metrics);
            default -> Answer.error(404, "there is POST /documents, GET /healthz, GET /readyz and GET /metrics");
        };
    }

    private static Optional<Answer> onlyFor(HttpMethod method, Request request) {
        return method.is(request.getMethod())
                ? Optional.empty()
                : Optional.of(
                        Answer.error(405, "only " + method + " is allowed here", Map.of("Allow", method.asString())));
    }

    private Answer readiness() {
        return target.healthy() ? plain(200, "ready\n") : plain(503, "documents cannot be kept; the log says why\n");
    }

    private static Answer plain(int status, String text) {
        return Answer.text(status, "text/plain; charset=utf-8", text);
    }

    private Answer metrics() {
        return Answer.text(
                200, MetricsPage.CONTENT_TYPE, metrics.text(target.backlog(), target.healthy(), budget.used()));
    }
}
