package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway has acknowledged is never lost, whatever is killed. */
class GatewayIT {

    private static final String LISTENING = "taking documents at ";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Deployment deployment() {
        return Deployment.create(folder, """
                corpus: { dir: corpus }
                sources:
                  - name: pushed
                    path: spool
                    files: { after: delete }
                ingest: { checkpointInterval: 200ms, discoveryInterval: 50ms }
                gateway: { source: pushed, port: 0, publishAfter: 100ms }
                train: { run: run }
                """);
    }

    /** Starts the gateway once more, and waits until it listens. */
    private static Child gateway(Deployment deployment) {
        long before = addresses(deployment).size();
        Child gateway = deployment.start("gateway");
        Deployment.await("the gateway listens", () -> addresses(deployment).size() > before, gateway);
        return gateway;
    }

    private static List<String> addresses(Deployment deployment) {
        Path log = deployment.root().resolve("gateway.log");
        try {
            return Files.exists(log)
                    ? Files.readAllLines(log).stream()
                            .filter(line -> line.startsWith(LISTENING))
                            .map(line -> line.substring(LISTENING.length()))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that pushes until it is not answered any more, and remembers what was acknowledged. */
    private static Thread client(Deployment deployment, String name, Queue<String> acknowledged) {
        URI address = URI.create(addresses(deployment).getLast());
        return Thread.ofVirtual().start(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; ; i++) {
                    HttpResponse<String> response =
                            client.send(push(address, batch(name + "-" + i)), HttpResponse.BodyHandlers.ofString());
                    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
                    JSON.readTree(response.body()).get("ids").forEach(id -> acknowledged.add(id.asText()));
                }
            } catch (IOException killed) {
                return; // what the test is about
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts a client", e);
            }
        });
    }

    private static HttpRequest push(URI address, String body) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Documents of very different lengths. */
    private static String batch(String name) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            String id = name + "-" + i;
            body.append("{\"id\":\"").append(id).append("\",\"text\":\"");
            body.append((id + " ").repeat(1 << (2 * i))).append("\"}\n");
        }
        return body.toString();
    }

    /** Ids in the spool, each line of which must be whole. */
    private static List<String> spooledIds(Deployment deployment) throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(deployment.root().resolve("spool"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".jsonl"))::iterator) {
                assertThat(file.getFileName().toString()).doesNotStartWith(".");
                assertThat(Files.readString(file)).endsWith("\n");
                for (String line : Files.readAllLines(file)) {
                    JsonNode document = JSON.readTree(line);
                    String id = document.get("id").asText();
                    assertThat(document.get("text").asText()).startsWith(id).endsWith(id + " ");
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    @Test
    void whatWasAcknowledgedIsInTheSpoolWholeThoughTheGatewayIsKilled() throws Exception {
        Deployment deployment = deployment();
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        for (int round = 1; round <= 3; round++) {
            try (Child gateway = gateway(deployment)) {
                String name = "r" + round + "c";
                List<Thread> clients = IntStream.range(0, 4)
                        .mapToObj(client -> client(deployment, name + client, acknowledged))
                        .toList();
                int enough = acknowledged.size() + 200 * round;
                Deployment.await("documents were acknowledged", () -> acknowledged.size() > enough, gateway);
                gateway.kill();
                for (Thread client : clients) {
                    client.join();
                }
            }
        }
        try (Child gateway = gateway(deployment)) {
            assertThat(gateway.terminate()).isEqualTo(143);
        }
        assertThat(spooledIds(deployment)).containsAll(acknowledged).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatIsTakenEndsItWithTheCodeForThat() throws IOException {
        Deployment deployment = deployment();
        try (ServerSocket taken = new ServerSocket(0);
                Child gateway = deployment.start("gateway", "--set", "gateway.port=" + taken.getLocalPort())) {
            assertThat(gateway.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.code());
            assertThat(gateway.complaint()).contains("127.0.0.1:" + taken.getLocalPort(), "gateway.port");
        }
    }
}
