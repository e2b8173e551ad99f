package org.alluvium.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.gateway.batch.BatchReader;
import org.junit.jupiter.api.Test;

/** What clients see while the target takes its time, or fails. */
class GatewayServerTest {

    private static final ServerSettings SETTINGS = new ServerSettings(
            "127.0.0.1", 0, Optional.empty(), Optional.empty(), 1 << 20, 1 << 24, Duration.ofSeconds(3));
    private static final BatchReader READER = new BatchReader(
            SourceConfig.ofFolder("pushed", Location.of(Path.of("spool")), Format.JSONL, true), 1 << 20, 1 << 20);

    private static CompletableFuture<HttpResponse<String>> post(HttpClient client, GatewayServer server) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/documents"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"a\",\"text\":\"A\"}"))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void nothingIsAnsweredBeforeTheTargetHasTheDocuments() {
        ScriptedTarget target = new ScriptedTarget();
        try (HttpClient client = HttpClient.newHttpClient();
                GatewayServer server = GatewayServer.start(SETTINGS, "pushed", READER, target)) {
            CompletableFuture<HttpResponse<String>> response = post(client, server);
            target.asked.join();
            assertThat(response).isNotDone();
            target.outcome.complete(List.of("x@0"));
            assertThat(response.join().statusCode()).isEqualTo(202);
        }
    }

    @Test
    void whoIsBeingServedWhenTheServerStopsGetsItsAnswer() {
        ScriptedTarget target = new ScriptedTarget();
        try (HttpClient client = HttpClient.newHttpClient()) {
            GatewayServer server = GatewayServer.start(SETTINGS, "pushed", READER, target);
            CompletableFuture<HttpResponse<String>> response = post(client, server);
            target.asked.join();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            target.outcome.complete(List.of("x@0"));
            assertThat(response.join().statusCode()).isEqualTo(202);
            stopped.join();
        }
    }

    @Test
    void whereTheTargetFailsClientsAreToldToComeAgain() {
        ScriptedTarget target = new ScriptedTarget();
        target.outcome.completeExceptionally(new StorageException("the disk is full", "spool", "Free some space"));
        try (HttpClient client = HttpClient.newHttpClient();
                GatewayServer server = GatewayServer.start(SETTINGS, "pushed", READER, target)) {
            HttpResponse<String> response = post(client, server).join();
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(response.body()).contains("the disk is full");
        }
    }
}
