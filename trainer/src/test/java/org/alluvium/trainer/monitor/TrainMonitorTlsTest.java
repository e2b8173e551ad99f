package org.alluvium.trainer.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.Certificates.Identity;
import org.alluvium.contracts.config.MonitorConfig;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.tls.ServedTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures over HTTPS. */
class TrainMonitorTlsTest implements ServedTls.Notices {

    private final Vitals vitals =
            new Vitals(() -> 0, () -> Instant.ofEpochSecond(1_000), Path.of("").toAbsolutePath());
    private final CompletableFuture<String> kept = new CompletableFuture<>();

    @TempDir
    private Path folder;

    @Override
    public void renewed(String message) {
        throw new AssertionError(message);
    }

    @Override
    public void warned(String message) {
        kept.complete(message);
    }

    @Test
    void figuresAreToldToWhoTrustsTheCertificateAlsoWhileItsFileIsBroken() throws Exception {
        Certificates certificates = Certificates.in(folder);
        Identity identity = certificates.issue("trainer");
        TlsConfig files = new TlsConfig(identity.certificate(), identity.key());
        ServedTls tls = ServedTls.open(files, "train.monitor.tls", this, InstantSource.system(), Duration.ofMillis(5));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TrainMonitor monitor = TrainMonitor.start(address, Optional.of(tls), vitals);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(certificates.client())
                        .build();
                HttpClient later = HttpClient.newBuilder()
                        .sslContext(certificates.client())
                        .build();
                HttpClient stranger = HttpClient.newHttpClient()) {
            URI metrics = URI.create("https://localhost:" + monitor.address().getPort() + "/metrics");
            assertThat(get(client, metrics).body()).contains("alluvium_train_");
            assertThatThrownBy(() -> get(stranger, metrics)).isInstanceOf(SSLException.class);
            Files.copy(certificates.authority(), identity.key(), StandardCopyOption.REPLACE_EXISTING);
            assertThat(kept.join()).contains("still served", "train.monitor.tls.keyFile");
            assertThat(get(later, metrics).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCertificateThatIsNotThereIsNamedBeforeTrainingBegins() {
        TlsConfig files = new TlsConfig(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        assertThatThrownBy(() ->
                        TrainMonitor.start(new MonitorConfig("127.0.0.1", 9480, Optional.of(files)), vitals, this))
                .isInstanceOf(AlluviumException.class)
                .hasMessageContaining("train.monitor.tls.certificateFile");
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
