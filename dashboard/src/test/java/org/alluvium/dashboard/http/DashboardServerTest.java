package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.layout.RunLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardServerTest {

    private static final String TOKEN = "open-sesame-and-let-me-in";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private RunLayout run;
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        run = new RunLayout(folder).create();
        step(1, 9.25);
        step(2, 8.5);
        server = start(Optional.empty());
    }

    private DashboardServer start(Optional<String> token) {
        return DashboardServer.start(
                Door.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), token, Optional.empty()),
                new DashboardServer.Shown(Map.of("run", run), Optional.empty()),
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void figuresAreThoseOfTheEvents() throws Exception {
        awaitState("\"revision\":2");
        assertThat(get("api/points?name=step/loss&name=step/none&axis=step").body())
                .contains("\"step/loss\":{\"x\":[1.0,2.0]")
                .contains("\"value\":[9.25,8.5]")
                .doesNotContain("none");
        assertThat(get("api/overview").body()).contains("\"state\":\"STOPPED\"").contains("\"now\":");
    }

    @Test
    void whatCannotBeReadIsSaidForAsLongAsThatIsSo() throws Exception {
        awaitState("\"revision\":2");
        Path aside = folder.resolve("aside");
        Files.move(run.events(), aside);
        Files.createDirectory(run.events());
        awaitState("\"problem\":\"" + run.events());
        assertThat(get("api/points?name=step/loss").statusCode()).isEqualTo(200);
        Files.delete(run.events());
        Files.move(aside, run.events());
        awaitState("\"problem\":\"\"");
    }

    @Test
    void alertsAreToldWithTheirPlace() throws Exception {
        append("alert", "\"what\":\"guard\",\"message\":\"<b>loss</b>\"");
        awaitState("\"message\":\"<b>loss</b>\",\"type\":\"alert\",\"step\":2,\"tokens\":1024");
        assertThat(get("api/markers?type=alert&type=none").body()).startsWith("{\"alert\":[{");
    }

    @Test
    void newStepsArePushed() throws Exception {
        try (BufferedReader live = live()) {
            awaitLine(live, "\"revision\":2");
            step(3, 8);
            awaitLine(live, "\"revision\":3");
        }
        assertThat(get("api/points?name=step/loss").body()).contains("9.25,8.5,8.0");
    }

    @Test
    void everyAnswerForbidsWhatComesFromElsewhere() throws Exception {
        for (String path : new String[] {"api/overview", "api/nothing", "nothing.js", "healthz"}) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void whatIsNotThereOrNotWellFormedIsRefused() throws Exception {
        assertThat(get("api/nothing").statusCode()).isEqualTo(404);
        assertThat(get("api/overview?run=other").statusCode()).isEqualTo(404);
        assertThat(get("api/points?name=step/loss&axis=banana").statusCode()).isEqualTo(400);
        assertThat(get("api/points?name=step/loss&points=1e9").statusCode()).isEqualTo(400);
        assertThat(get("api/points?name=step/loss&smooth=1").statusCode()).isEqualTo(400);
        assertThat(get("assets/..%2f..%2fseries/Track.class").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(server.address().resolve("api/overview"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    }

    @Test
    void anotherNameForThisMachineIsRefused() throws IOException {
        assertThat(raw("GET /api/overview HTTP/1.1\r\nHost: evil.example")).startsWith("HTTP/1.1 401");
        assertThat(raw("GET /api/overview HTTP/1.1\r\nHost: localhost")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aPageFromElsewhereCannotMakeABrowserHereAsk() throws IOException {
        String host = " HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: ";
        for (String elsewhere : new String[] {"cross-site", "same-site"}) {
            assertThat(raw("GET /api/overview" + host + elsewhere)).startsWith("HTTP/1.1 401");
        }
        assertThat(raw("GET /api/overview" + host + "same-origin")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /healthz" + host + "cross-site")).as("a link to it").startsWith("HTTP/1.1 200");
    }

    @Test
    void addressesThatAreNoneAreRefusedWithoutAWordOfWhatIsInside() throws IOException {
        for (String target : new String[] {"/assets/../../etc/passwd", "/%2e%2e/%2e%2e/x.js", "/a%00.js"}) {
            assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost"))
                    .as(target)
                    .matches("(?s)HTTP/1.1 4\\d\\d .*")
                    .doesNotContain("Exception", "org.alluvium", "java.");
        }
    }

    /** What is answered to a request line and headers. */
    private String raw(String head) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aTokenIsAskedForWhereOneIsSet() throws Exception {
        server.close();
        server = start(Optional.of(TOKEN));
        assertThat(get("api/overview").statusCode()).isEqualTo(401);
        assertThat(get("api/overview?token=wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> shown = get("api/overview?token=" + TOKEN);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict"));
        HttpRequest bearer = HttpRequest.newBuilder(server.address().resolve("api/overview"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        assertThat(client.send(bearer, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void beyondLoopbackATokenIsNeeded() throws IOException {
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
        assertThatThrownBy(() -> new Access(everywhere, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
        assertThatThrownBy(() -> start(Optional.of("sesame")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("dashboard.tokenFile")
                .hasMessageContaining("shorter than 16 characters");
    }

    private void awaitState(String part) throws Exception {
        try (BufferedReader live = live()) {
            awaitLine(live, part);
        }
    }

    private BufferedReader live() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.address().resolve("api/live")).build();
        InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Reads what is pushed until a line has the part. */
    static void awaitLine(BufferedReader live, String part) throws IOException {
        String line = live.readLine();
        while (line != null && !line.contains(part)) {
            line = live.readLine();
        }
        assertThat(line).contains(part);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI address = URI.create(server.address() + path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private void step(int step, double loss) throws IOException {
        append("step", "\"step\":" + step + ",\"tokens\":" + step * 512 + ",\"loss\":" + loss);
    }

    private void append(String type, String fields) throws IOException {
        Files.writeString(
                run.events(),
                "{\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"" + type + "\"," + fields + "}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
