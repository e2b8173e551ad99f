package org.alluvium.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer server;
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/secret");
        webhook = new Webhook(address, InstantSource.fixed(Instant.EPOCH), Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        webhook.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.remove(), -1);
            received.add(body);
        }
    }

    @Test
    void whatFailsIsSentAgain() throws InterruptedException {
        answers.add(500);
        answers.add(204);
        webhook.tell(Map.of("rule", "high"));
        assertThat(received.take()).isEqualTo("{\"rule\":\"high\"}");
        assertThat(received.take()).isEqualTo("{\"rule\":\"high\"}");
    }

    @Test
    void whatFailsThriceIsGivenUp() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            answers.add(404);
        }
        answers.add(200);
        webhook.tell(Map.of("rule", "first"));
        for (int i = 0; i < 3; i++) {
            assertThat(received.take()).contains("first");
        }
        webhook.tell(Map.of("rule", "second"));
        assertThat(received.take()).contains("second");
    }

    @Test
    void aFailureIsSaidWithoutTheSecret() throws InterruptedException {
        server.stop(0);
        webhook.tell(Map.of("rule", "high"));
        webhook.awaitIdle();
        assertThat(webhook.problem().orElseThrow())
                .contains("localhost")
                .contains("cannot be reached")
                .doesNotContain("secret");
    }
}
