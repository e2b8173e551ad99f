package org.alluvium.ingest.avro;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a schema registry that readers see, on a port of its own. */
final class RegistryServer implements AutoCloseable {

    private record Answer(int status, String body) {}

    private static final Answer NOT_FOUND =
            new Answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String authorization;

    RegistryServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            requests.add(path);
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Answer answer = answers.getOrDefault(path, NOT_FOUND);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void schema(int id, String schema) {
        answer("/schemas/ids/" + id, 200, answerWith(schema));
    }

    void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    static String answerWith(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
    }

    /** Paths asked for, in order. */
    List<String> requests() {
        return requests;
    }

    /** What the last request brought to prove who it is from; null if nothing. */
    String authorization() {
        return authorization;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
