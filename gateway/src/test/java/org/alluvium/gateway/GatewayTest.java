package org.alluvium.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.ingest.file.Origin;
import org.alluvium.ingest.record.StableId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway over a real connection, with a spool behind it. */
class GatewayTest {

    private static final String SECRET = "0123456789abcdef";
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Gateway> started = new ArrayList<>();

    @AfterEach
    void closeAll() {
        client.close();
        started.forEach(Gateway::close);
    }

    private AlluviumConfig config(String... settings) {
        List<String> all = new ArrayList<>(List.of("gateway.port=0", "gateway.publishAfter=1h"));
        all.addAll(List.of(settings));
        String yaml = """
                sources:
                  - name: pushed
                    path: spool
                    files: { after: delete }
                gateway: { source: pushed }
                """;
        return ConfigLoader.parse(yaml, "test", folder, all);
    }

    private Gateway start(String... settings) {
        return start(Map.of(), settings);
    }

    private Gateway start(Map<String, String> environment, String... settings) {
        Gateway gateway = Gateway.start(config(settings), environment, InstantSource.system());
        started.add(gateway);
        return gateway;
    }

    private static HttpRequest.Builder request(Gateway gateway, String path) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path));
    }

    private static HttpRequest.Builder post(Gateway gateway, String type, BodyPublisher body) {
        return request(gateway, "/documents").header("Content-Type", type).POST(body);
    }

    private static HttpRequest.Builder post(Gateway gateway, String type, String body) {
        return post(gateway, type, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    /** Lines of all files of the spool, published or not. */
    private List<String> kept() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.list(folder.resolve("spool"))) {
            return paths.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void whatIsAcceptedIsKeptAndNamed() throws Exception {
        HttpResponse<String> response =
                send(post(start(), NDJSON, "{\"id\":\"a\",\"text\":\"A\"}\n{\"id\":\"b\",\"deleted\":true}\n"));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":2,\"ids\":[\"a\",\"b\"]}");
        assertThat(kept()).containsExactly("{\"id\":\"a\",\"text\":\"A\"}", "{\"id\":\"b\",\"deleted\":true}");
    }

    @Test
    void aDocumentWithoutAnIdIsNamedAsIngestWillNameIt() throws Exception {
        HttpResponse<String> response = send(post(start(), JSON, "[{\"text\":\"A\"},{\"text\":\"B\"}]"));
        String name = files().getFirst().getFileName().toString().substring(1);
        assertThat(json(response).at("/ids/1").asText())
                .isEqualTo(StableId.v1("pushed", new Origin(name, 13).toString()));
    }

    @Test
    void aCompressedBodyIsDecompressed() throws Exception {
        byte[] body = gzip("{\"text\":\"A\"}".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response =
                send(post(start(), JSON, BodyPublishers.ofByteArray(body)).header("Content-Encoding", "gzip"));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(kept()).containsExactly("{\"text\":\"A\"}");
    }

    @Test
    void aBodyThatIsNotWhatItsEncodingSaysIsRefused() throws Exception {
        HttpResponse<String> response = send(post(start(), JSON, "{}").header("Content-Encoding", "gzip"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("gzip");
    }

    @Test
    void badRecordsAreNamedAndNothingOfTheirRequestIsKept() throws Exception {
        HttpResponse<String> response = send(post(start(), NDJSON, "{\"text\":\"good\"}\n{\"text\":7}\n"));
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode record = json(response).at("/records/0");
        assertThat(record.at("/record").asInt()).isEqualTo(2);
        assertThat(record.at("/at").asInt()).isEqualTo(16);
        assertThat(record.at("/reason").asText()).isEqualTo("wrong_type");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aBodyLargerThanAllowedIsRefusedHoweverItIsSent() throws Exception {
        Gateway gateway = start("gateway.maxBodyBytes=1024");
        byte[] body = ("{\"text\":\"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        assertThat(send(post(gateway, JSON, BodyPublishers.ofByteArray(body))).statusCode())
                .isEqualTo(413);
        assertThat(send(post(gateway, JSON, chunked)).statusCode()).isEqualTo(413);
        assertThat(send(post(gateway, JSON, BodyPublishers.ofByteArray(gzip(body)))
                                .header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aRecordLongerThanIngestReadsIsRefused() throws Exception {
        Gateway gateway = start("ingest.maxLineBytes=1024");
        HttpResponse<String> response = send(post(gateway, JSON, "{\"text\":\"" + "x".repeat(2_000) + "\"}"));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).at("/records/0/reason").asText()).isEqualTo("line_too_long");
    }

    @Test
    void otherContentIsRefusedWithWhatIsTaken() throws Exception {
        HttpResponse<String> response = send(post(start(), "text/csv", "a,b"));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Accept-Post").orElseThrow())
                .contains(JSON, NDJSON, "application/avro");
    }

    @Test
    void whereIngestIsTooFarBehindClientsAreToldToComeLater() throws Exception {
        Gateway gateway = start("gateway.maxBacklogBytes=10", "gateway.retryAfter=7s");
        assertThat(send(post(gateway, JSON, "{\"text\":\"fills it\"}")).statusCode())
                .isEqualTo(202);
        HttpResponse<String> response = send(post(gateway, JSON, "{\"text\":\"is too much\"}"));
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(kept()).containsExactly("{\"text\":\"fills it\"}");
    }

    @Test
    void aBodyThatThereIsNoMemoryForIsToldToComeLater() throws Exception {
        Gateway gateway = start("gateway.maxInFlightBytes=65536");
        HttpResponse<String> large = send(post(gateway, JSON, "{\"text\":\"" + "x".repeat(100_000) + "\"}"));
        assertThat(large.statusCode()).isEqualTo(429);
        assertThat(send(post(gateway, JSON, "{\"text\":\"small\"}")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void whoDoesNotBringTheTokenGetsNothingButHealth() throws Exception {
        Gateway gateway = start(Map.of(Gateway.TOKEN_VARIABLE, SECRET));
        String body = "{\"text\":\"A\"}";
        HttpResponse<String> refused = send(post(gateway, JSON, body));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(send(post(gateway, JSON, body).header("Authorization", "Bearer " + SECRET + "0"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request(gateway, "/metrics")).statusCode()).isEqualTo(401);
        assertThat(send(request(gateway, "/healthz")).statusCode()).isEqualTo(200);
        assertThat(send(request(gateway, "/readyz")).statusCode()).isEqualTo(200);
        assertThat(send(post(gateway, JSON, body).header("Authorization", "Bearer " + SECRET))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aTokenMayStandInAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), SECRET + "\n");
        Gateway gateway = start("gateway.tokenFile=" + file);
        assertThat(send(request(gateway, "/metrics").header("Authorization", "bearer " + SECRET))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAddressThatOthersReachNeedsAToken() {
        assertThatThrownBy(() -> start("gateway.host=0.0.0.0"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gateway.tokenFile");
        assertThatThrownBy(() -> start(Map.of(Gateway.TOKEN_VARIABLE, "short"), "gateway.host=0.0.0.0"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("shorter than 16");
        assertThat(start(Map.of(Gateway.TOKEN_VARIABLE, SECRET), "gateway.host=0.0.0.0")
                        .address())
                .startsWith("http://0.0.0.0:");
    }

    @Test
    void aPortThatIsTakenIsSaidSoAndTheSpoolIsFreeAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start("gateway.port=" + taken.getLocalPort()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("gateway.port");
        }
        assertThat(send(request(start(), "/healthz")).statusCode()).isEqualTo(200);
    }

    @Test
    void aGatewayWithoutASourceSaysWhatItNeeds() {
        AlluviumConfig none = ConfigLoader.parse("", "test", folder, List.of());
        assertThatThrownBy(() -> Gateway.start(none, Map.of(), InstantSource.system()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gateway.source");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        Gateway gateway = start();
        assertThat(send(request(gateway, "/elsewhere")).statusCode()).isEqualTo(404);
        HttpResponse<String> get = send(request(gateway, "/documents"));
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void theMetricsCountWhatWasDone() throws Exception {
        Gateway gateway = start();
        send(post(gateway, NDJSON, "{\"text\":\"A\"}\n{\"text\":\"B\"}\n"));
        send(post(gateway, NDJSON, "nonsense\n"));
        assertThat(send(request(gateway, "/metrics")).body())
                .contains("alluvium_gateway_requests_total{status=\"202\"} 1\n")
                .contains("alluvium_gateway_requests_total{status=\"400\"} 1\n")
                .contains("alluvium_gateway_documents_total 2\n")
                .contains("alluvium_gateway_bad_records_total 1\n")
                .contains("alluvium_gateway_backlog_bytes 26\n")
                .contains("alluvium_gateway_accept_seconds_count 1\n");
    }

    @Test
    void whatWasAcceptedIsPublishedAtTheEnd() throws Exception {
        Gateway gateway = start();
        send(post(gateway, JSON, "{\"text\":\"A\"}"));
        gateway.close();
        started.remove(gateway);
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).doesNotStartWith("."));
    }
}
