package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.Certificates.Identity;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.tls.ServedTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard over HTTPS, at an address that others reach. */
class DashboardTlsTest implements ServedTls.Notices {

    private static final String TOKEN = "open-sesame-and-let-me-in";

    private final CompletableFuture<String> renewal = new CompletableFuture<>();

    @TempDir
    private Path folder;

    @Override
    public void renewed(String message) {
        renewal.complete(message);
    }

    @Override
    public void warned(String message) {
        // both files are not replaced in one moment, which may be seen
    }

    private DashboardServer start(RunLayout run) {
        TlsConfig files = new TlsConfig(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        ServedTls tls = ServedTls.open(files, "dashboard.tls", this, InstantSource.system(), Duration.ofMillis(5));
        return DashboardServer.start(
                new Door(new InetSocketAddress("0.0.0.0", 0), Optional.of(TOKEN), Optional.of(tls)),
                new DashboardServer.Shown(Map.of("run", run), Optional.empty()),
                InstantSource.system());
    }

    private void put(Identity identity) throws IOException {
        Files.copy(identity.certificate(), folder.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(identity.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void whatIsPushedGoesOnWhileTheCertificateIsRenewed() throws Exception {
        RunLayout run = new RunLayout(folder.resolve("run")).create();
        Certificates certificates = Certificates.in(folder.resolve("authority"));
        put(certificates.issue("first"));
        try (DashboardServer server = start(run);
                HttpClient before = trusting(certificates);
                HttpClient after = trusting(certificates);
                HttpClient stranger = HttpClient.newHttpClient()) {
            assertThat(server.address()).hasScheme("https");
            URI here = URI.create("https://localhost:" + server.address().getPort() + "/");
            assertThatThrownBy(() -> get(stranger, here.resolve("healthz"))).isInstanceOf(SSLException.class);
            try (BufferedReader live = live(before, here)) {
                DashboardServerTest.awaitLine(live, "\"revision\":");
                put(certificates.issue("second"));
                assertThat(renewal.join()).contains("is served now");
                assertThat(name(get(after, here.resolve("healthz")))).isEqualTo("CN=second");
                Files.writeString(
                        run.events(),
                        "{\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"step\",\"step\":1,\"tokens\":512,\"loss\":9.5}\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                DashboardServerTest.awaitLine(live, "\"revision\":1");
            }
            HttpResponse<String> shown = get(after, here.resolve("api/overview?token=" + TOKEN));
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.headers().firstValue("Set-Cookie"))
                    .hasValueSatisfying(cookie -> assertThat(cookie).endsWith("; Secure"));
            assertThat(shown.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        }
    }

    private static HttpClient trusting(Certificates certificates) throws IOException {
        return HttpClient.newBuilder().sslContext(certificates.client()).build();
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static BufferedReader live(HttpClient client, URI here) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(here.resolve("api/live"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static String name(HttpResponse<?> response) throws SSLException {
        X509Certificate shown =
                (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }
}
