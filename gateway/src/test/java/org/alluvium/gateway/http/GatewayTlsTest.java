package org.alluvium.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.Certificates.Identity;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.tls.ServedTls;
import org.alluvium.gateway.batch.BatchReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents over HTTPS. */
class GatewayTlsTest {

    private static final BatchReader READER = new BatchReader(
            SourceConfig.ofFolder("pushed", Location.of(Path.of("spool")), Format.JSONL, true), 1 << 20, 1 << 20);

    private final CompletableFuture<String> renewed = new CompletableFuture<>();

    @TempDir
    private Path folder;

    private GatewayServer start() {
        TlsConfig files = new TlsConfig(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        ServedTls tls = ServedTls.open(
                files, "gateway.tls", new Awaited(renewed), InstantSource.system(), Duration.ofMillis(5));
        ServerSettings settings = new ServerSettings(
                "127.0.0.1", 0, Optional.empty(), Optional.of(tls), 1 << 20, 1 << 24, Duration.ofSeconds(3));
        ScriptedTarget target = new ScriptedTarget();
        target.outcome.complete(List.of("x@0"));
        return GatewayServer.start(settings, "pushed", READER, target);
    }

    private void put(Identity identity) throws IOException {
        Files.copy(identity.certificate(), folder.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(identity.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Name of who has answered, which took a document. */
    private static String push(HttpClient client, URI documents) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(documents)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"a\",\"text\":\"A\"}"))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(202);
        X509Certificate shown =
                (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    @Test
    void documentsAreTakenFromWhoTrustsTheCertificateAlsoAfterItIsRenewed() throws Exception {
        Certificates certificates = Certificates.in(folder.resolve("authority"));
        put(certificates.issue("first"));
        try (GatewayServer server = start();
                HttpClient before = trusting(certificates);
                HttpClient after = trusting(certificates);
                HttpClient stranger = HttpClient.newHttpClient()) {
            URI documents = URI.create(server.address() + "/documents");
            assertThat(documents).hasScheme("https");
            assertThat(push(before, documents)).isEqualTo("CN=first");
            assertThatThrownBy(() -> push(stranger, documents)).isInstanceOf(SSLException.class);
            put(certificates.issueRsa("second"));
            assertThat(renewed.join()).contains("tls.crt is served now");
            assertThat(push(after, documents)).isEqualTo("CN=second");
            assertThat(push(before, documents))
                    .as("its connection is still open")
                    .isEqualTo("CN=first");
            assertThat(inTheClear(documents.getPort())).doesNotContain("HTTP/1.1");
        }
    }

    private static HttpClient trusting(Certificates certificates) throws IOException {
        return HttpClient.newBuilder().sslContext(certificates.client()).build();
    }

    private static String inTheClear(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private record Awaited(CompletableFuture<String> renewal) implements ServedTls.Notices {

        @Override
        public void renewed(String message) {
            renewal.complete(message);
        }

        @Override
        public void warned(String message) {
            // both files are not replaced in one moment, which may be seen
        }
    }
}
