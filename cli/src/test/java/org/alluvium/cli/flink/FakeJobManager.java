package org.alluvium.cli.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Answers with what it was told to, and remembers what it was asked. */
public final class FakeJobManager implements AutoCloseable {

    /** What was asked, and how. */
    public record Asked(String line, String authorization, String body) {}

    private record Answer(int status, String body, Optional<String> location) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Map<String, Runnable> changes = new LinkedHashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    private FakeJobManager(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    public static FakeJobManager start() throws IOException {
        return new FakeJobManager(HttpServer.create(anyPort(), 0));
    }

    /** One that wants to see a certificate. */
    static FakeJobManager startSecure(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        return new FakeJobManager(server);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** What a request is answered, by its method and path: {@code "GET /v1/jobs"}. */
    public FakeJobManager answer(String line, int status, String body) {
        answers.put(line, new Answer(status, body, Optional.empty()));
        return this;
    }

    /** Sends whoever asks to another address. */
    FakeJobManager redirect(String line, String location) {
        answers.put(line, new Answer(307, "", Optional.of(location)));
        return this;
    }

    /** What a request changes in what is answered from then on. */
    public FakeJobManager change(String line, Runnable change) {
        changes.put(line, change);
        return this;
    }

    public String address() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        asked.add(new Asked(
                line,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""),
                body));
        Answer answer = answers.getOrDefault(
                line, new Answer(404, "{\"errors\":[\"Not found: " + line + "\"]}", Optional.empty()));
        changes.getOrDefault(line, () -> {}).run();
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.location().ifPresent(place -> exchange.getResponseHeaders().set("Location", place));
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
