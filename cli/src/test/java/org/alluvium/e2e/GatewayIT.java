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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.broker.Broker;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway has acknowledged is never lost, whatever is killed. */
class GatewayIT {

    /** Heading of the page's section that these tests run. */
    static final String EXAMPLE = "HTTP push";

    /** Any port, and no long waits. */
    private static final String[] QUICK = {
        "--set", "gateway.port=0",
        "--set", "gateway.publishAfter=100ms",
        "--set", "ingest.checkpointInterval=200ms",
        "--set", "ingest.discoveryInterval=50ms"
    };

    private static final String LISTENING = "taking documents at ";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /** As the page has it. */
    private Deployment deployment() {
        return Deployment.create(folder, SourcesPage.read().examples().get(EXAMPLE));
    }

    /** Starts the gateway once more, and waits until it listens. */
    private static Child gateway(Deployment deployment) {
        long before = addresses(deployment).size();
        Child gateway = deployment.start("gateway", QUICK);
        Deployment.await("the gateway listens", () -> addresses(deployment).size() > before, gateway);
        return gateway;
    }

    private static List<String> addresses(Deployment deployment) {
        return addresses(deployment.root().resolve("gateway.log"));
    }

    /** Where the gateways listened that wrote to this file, in their order. */
    private static List<String> addresses(Path log) {
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

    /** A client that pushes until it is not answered any more, or is done, and remembers what was acknowledged. */
    private static CompletableFuture<Void> client(
            Deployment deployment, String name, int requests, Queue<String> acknowledged) {
        URI address = address(deployment);
        return CompletableFuture.runAsync(
                () -> {
                    try (HttpClient client = HttpClient.newHttpClient()) {
                        for (int i = 0; i < requests; i++) {
                            HttpResponse<String> response = client.send(
                                    push(address, batch(name + "-" + i)), HttpResponse.BodyHandlers.ofString());
                            assertThat(response.statusCode())
                                    .as(response.body())
                                    .isEqualTo(202);
                            JSON.readTree(response.body()).get("ids").forEach(id -> acknowledged.add(id.asText()));
                        }
                    } catch (IOException killed) {
                        return; // what the test is about
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody interrupts a client", e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static URI address(Deployment deployment) {
        return URI.create(addresses(deployment).getLast());
    }

    /** Whether there is a client that will never get what the test waits for; joining it says why. */
    private static boolean anyFailed(List<CompletableFuture<Void>> clients) {
        return clients.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
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
                List<CompletableFuture<Void>> clients = IntStream.range(0, 4)
                        .mapToObj(client -> client(deployment, name + client, Integer.MAX_VALUE, acknowledged))
                        .toList();
                int enough = acknowledged.size() + 200 * round;
                Deployment.await(
                        "documents were acknowledged",
                        () -> acknowledged.size() > enough || anyFailed(clients),
                        gateway);
                gateway.kill();
                clients.forEach(CompletableFuture::join);
            }
        }
        try (Child gateway = gateway(deployment)) {
            assertThat(gateway.terminate()).isEqualTo(143);
        }
        List<String> spooled = spooledIds(deployment);
        assertThat(spooled).doesNotHaveDuplicates();
        assertThat(new HashSet<>(spooled)).containsAll(acknowledged);
    }

    @Test
    void whatIsPushedIsInTheCorpusOnceThoughGatewayAndIngestAreKilled() throws Exception {
        Deployment deployment = deployment();
        Queue<String> acknowledged = pushUntilBothAreKilled(deployment);
        try (Child gateway = gateway(deployment);
                Child ingest = deployment.start("ingest", QUICK)) {
            acknowledged.add(pushWithoutId(address(deployment)));
            Deployment.await("the spool is empty", () -> spoolIsEmpty(deployment), gateway, ingest);
            awaitInCorpus(deployment, acknowledged, gateway, ingest);
            gateway.terminate();
            ingest.terminate();
        }
        assertThat(deployment.acceptedIds()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsPushedIntoATopicIsInTheCorpusOnceThoughGatewayAndIngestAreKilled() throws Exception {
        try (Broker broker = Broker.start(folder.resolve("broker"))) {
            TopicSamples.create("pushed", broker);
            Deployment deployment = Deployment.create(folder, """
                    sources: [{name: pushed, kafka: {brokers: "%s", topics: [pushed]}}]
                    gateway: {source: pushed}
                    """.formatted(broker.address()));
            Queue<String> acknowledged = pushUntilBothAreKilled(deployment);
            try (Child gateway = gateway(deployment);
                    Child ingest = deployment.start("ingest", QUICK)) {
                acknowledged.add(pushWithoutId(address(deployment)));
                awaitInCorpus(deployment, acknowledged, gateway, ingest);
                gateway.terminate();
                ingest.terminate();
            }
            assertThat(deployment.acceptedIds()).doesNotHaveDuplicates();
        }
    }

    @Test
    void upTakesDocumentsOverHttpWhereASourceIsPushedTo() throws Exception {
        Deployment deployment = deployment();
        Path console = folder.resolve("logs/gateway.console");
        try (Child up = deployment.start("up", QUICK)) {
            Deployment.await("the gateway listens", () -> !addresses(console).isEmpty(), up);
            String id = pushWithoutId(URI.create(addresses(console).getLast()));
            awaitInCorpus(deployment, List.of(id), up);
            assertThat(up.terminate()).isEqualTo(143);
        }
    }

    /** What was acknowledged to a client until the gateway was killed, a moment after ingest. */
    private static Queue<String> pushUntilBothAreKilled(Deployment deployment) {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        try (Child gateway = gateway(deployment);
                Child ingest = deployment.start("ingest", QUICK)) {
            CompletableFuture<Void> client = client(deployment, "c", 100, acknowledged);
            Deployment.await(
                    "documents were read",
                    () -> deployment.recordsRead() > 100 || anyFailed(List.of(client)),
                    gateway,
                    ingest);
            ingest.kill();
            gateway.kill();
            client.join();
        }
        return acknowledged;
    }

    private static void awaitInCorpus(Deployment deployment, Collection<String> ids, Child... needed) {
        Deployment.await("all was committed", () -> new HashSet<>(deployment.acceptedIds()).containsAll(ids), needed);
    }

    /** The id that the gateway says ingest will give. */
    private static String pushWithoutId(URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    push(address, "{\"text\":\"nobody named this\"}\n"), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body()).at("/ids/0").asText();
        }
    }

    private static boolean spoolIsEmpty(Deployment deployment) {
        try (Stream<Path> files = Files.list(deployment.root().resolve("spool"))) {
            return files.noneMatch(path -> path.toString().endsWith(".jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
