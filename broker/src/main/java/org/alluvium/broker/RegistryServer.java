package org.alluvium.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What readers see of a schema registry, in this process and on a port of its own. Thread-safe. */
public final class RegistryServer implements AutoCloseable {

    private record Answer(int status, String body) {}

    private static final Answer NOT_FOUND =
            new Answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");

    private final HttpServer server;
    private final String scheme;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>(); // guarded by this
    private volatile String authorization;

    /** Starts a registry without schemas. */
    public RegistryServer() {
        this(Optional.empty());
    }

    /** Starts one without schemas that shows a certificate. */
    public RegistryServer(Certificates.Identity identity) {
        this(Optional.of(identity));
    }

    private RegistryServer(Optional<Certificates.Identity> identity) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (identity.isPresent()) {
                HttpsServer secure = HttpsServer.create(anyPort, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(identity.get().context()));
                server = secure;
            } else {
                server = HttpServer.create(anyPort, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scheme = identity.isPresent() ? "https" : "http";
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            remember(path);
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Answer answer = answers.getOrDefault(path, NOT_FOUND);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized void remember(String path) {
        requests.add(path);
        notifyAll();
    }

    /** Where it is. */
    public URI address() {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    /** Registers a schema under a number. */
    public void schema(int id, String schema) {
        answer("/schemas/ids/" + id, 200, answerWith(schema));
    }

    /** Answers requests for a path from now on. */
    public void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    /** The body of an answer that gives a schema. */
    public static String answerWith(String schema) {
        return "{\"schema\": \""
                + schema.replace("\\", "\\\\").replace("\"", "\\\"").replace('\n', ' ') + "\"}";
    }

    /** Paths asked for, in order. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns once a path has been asked for this often. */
    public synchronized void awaitRequests(String path, int times) throws InterruptedException {
        while (Collections.frequency(requests, path) < times) {
            wait();
        }
    }

    /** What the last request brought to prove who it is from; null if nothing. */
    public String authorization() {
        return authorization;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
