package org.alluvium.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.gateway.batch.BatchReader;
import org.junit.jupiter.api.Test;

/** What those see who mean no good, or are broken. */
class GatewaySecurityTest {

    private static final String DOCUMENT = "{\"id\":\"a\",\"text\":\"A\"}";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final BatchReader READER = new BatchReader(
            SourceConfig.ofFolder("pushed", Location.of(Path.of("spool")), Format.JSONL, true), 1 << 20, 1 << 20);

    private final ScriptedTarget target = new ScriptedTarget();

    private GatewayServer start(Optional<AccessToken> token, Duration patience) {
        ServerSettings settings =
                new ServerSettings("127.0.0.1", 0, token, Optional.empty(), 1 << 20, 1 << 24, Duration.ofSeconds(3));
        return GatewayServer.start(settings, patience, "pushed", READER, target);
    }

    private static Socket connect(GatewayServer server) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.address()).getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All that comes until the server ends the connection. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String raw(GatewayServer server, String request) throws IOException {
        try (Socket socket = connect(server)) {
            send(socket, request);
            return rest(socket);
        }
    }

    private static String post(String host, String... headers) {
        return "POST /documents HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + DOCUMENT.length() + "\r\n"
                + String.join("", headers) + "\r\n" + DOCUMENT;
    }

    @Test
    void aPageWhoseNameWasMadeToPointHereCannotPush() throws IOException {
        target.outcome.complete(List.of("x@0"));
        try (GatewayServer server = start(Optional.empty(), LONG)) {
            assertThat(raw(server, post("evil.example:8470"))).startsWith("HTTP/1.1 421");
            assertThat(target.asked).isNotDone();
            assertThat(raw(server, post("localhost:8470"))).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void whoBringsTheTokenMayCallTheGatewayAnything() throws IOException {
        target.outcome.complete(List.of("x@0"));
        try (GatewayServer server = start(Optional.of(new AccessToken("open-sesame-and-let-me-in")), LONG)) {
            assertThat(raw(server, post("gateway.example"))).startsWith("HTTP/1.1 401");
            assertThat(raw(server, post("gateway.example", "Authorization: Bearer open-sesame-and-let-me-in\r\n")))
                    .startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void whatGoesWrongInsideIsNotTold() throws IOException {
        target.outcome.completeExceptionally(new IllegalArgumentException("/etc/secret"));
        try (GatewayServer server = start(Optional.empty(), LONG)) {
            List<String> answers = List.of(
                    raw(server, post("localhost")),
                    raw(server, "GET foo:bar HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                    raw(server, "GET /%2e%2e/secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                    raw(server, "nonsense\r\n\r\n"));
            assertThat(answers.get(0)).startsWith("HTTP/1.1 500");
            assertThat(answers.subList(1, 4)).allMatch(answer -> answer.matches("(?s)HTTP/1.1 4\\d\\d .*"));
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .doesNotContain("/etc/secret", "Exception", "Jetty", "org.alluvium", "java."));
        }
    }

    @Test
    void noBrowserMayGuessAtAnswersOrKeepThem() throws IOException {
        try (GatewayServer server = start(Optional.empty(), LONG)) {
            assertThat(raw(server, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store", "default-src 'none'");
        }
    }

    @Test
    void whoNeverEndsARequestIsLetGoAndWhoWaitsForAnAnswerIsNot() throws IOException {
        // Longer than a request takes on a machine with much else to do.
        try (GatewayServer server = start(Optional.empty(), Duration.ofSeconds(2));
                Socket waiting = connect(server)) {
            send(waiting, post("localhost"));
            target.asked.join();
            try (Socket second = connect(server);
                    Socket slow = connect(server);
                    Socket silent = connect(server)) {
                send(second, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hea");
                send(slow, "POST /documents HTTP/1.1\r\nHost: loc");
                assertThat(rest(silent)).isEmpty();
                assertThat(rest(slow)).doesNotContain("HTTP/1.1 2");
                assertThat(rest(second)).as("a first request is no excuse").containsOnlyOnce("HTTP/1.1");
            }
            target.outcome.complete(List.of("x@0"));
            assertThat(rest(waiting)).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void aBodyWithoutEndIsRefused() {
        MemoryBudget budget = new MemoryBudget(1 << 20);
        RequestBody.Limits limits =
                new RequestBody.Limits(1 << 10, Duration.ofNanos(-1), budget, Duration.ofSeconds(1));
        assertThatThrownBy(() -> RequestBody.read(new ByteArrayInputStream(new byte[10]), -1, false, limits))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("408");
        assertThat(budget.used()).isZero();
    }
}
