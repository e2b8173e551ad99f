package org.alluvium.contracts.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.Certificates.Identity;
import org.alluvium.contracts.config.TlsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that come and go under a server; the test looks, not the clock. */
class ServedTlsTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    private static Path issued;

    private static Certificates certificates;
    private static Identity first;
    private static Identity second;
    private static Identity expired;

    @TempDir
    private Path folder;

    private final List<String> renewals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Instant now = Instant.now();
    private ServedTls tls;
    private HttpServer server;

    @BeforeAll
    static void issue() throws IOException {
        certificates = Certificates.in(issued);
        first = certificates.issue("first");
        second = certificates.issueRsa("second");
        expired = certificates.expired("expired");
    }

    @BeforeEach
    void serve() throws IOException {
        put(first);
        open();
    }

    private void open() throws IOException {
        TlsConfig files = new TlsConfig(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        tls = ServedTls.open(files, "gateway.tls", new Collected(), () -> now, NEVER);
        server = WebServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(tls));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        tls.close();
    }

    private void put(Identity identity) throws IOException {
        Files.copy(identity.certificate(), folder.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(identity.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    }

    private SSLSocket connect(SSLContext client) throws IOException {
        return (SSLSocket) client.getSocketFactory()
                .createSocket("localhost", server.getAddress().getPort());
    }

    /** Name of what a new connection is shown. */
    private String shown() throws IOException {
        try (SSLSocket socket = connect(certificates.client())) {
            return name(socket);
        }
    }

    private static String name(SSLSocket socket) throws IOException {
        X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return own.getSubjectX500Principal().getName();
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String status = answer.readLine();
        while (!answer.readLine().isEmpty()) {
            // headers
        }
        return status;
    }

    @Test
    void aRenewedCertificateIsShownToNewConnectionsAndOldOnesLiveOn() throws IOException {
        try (SSLSocket open = connect(certificates.client())) {
            assertThat(ask(open)).contains("204");
            put(second);
            tls.look();
            assertThat(shown()).as("after one look").isEqualTo("CN=first");
            tls.look();
            assertThat(shown()).isEqualTo("CN=second");
            assertThat(ask(open)).contains("204");
        }
        assertThat(renewals).singleElement().asString().contains(folder.resolve("tls.crt") + " is served now, until ");
        assertThat(warnings).isEmpty();
    }

    @Test
    void filesThatAreNoGoodAreToldOnceAndTheOldCertificateStays() throws IOException {
        Files.copy(second.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
        for (int look = 0; look < 4; look++) {
            tls.look();
        }
        assertThat(shown()).isEqualTo("CN=first");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The certificate before is still served: ")
                .contains("gateway.tls.keyFile is not the key");
        Files.delete(folder.resolve("tls.crt"));
        tls.look();
        tls.look();
        assertThat(warnings).hasSize(2).last().asString().contains("no such file");
        put(second);
        tls.look();
        tls.look();
        assertThat(shown()).isEqualTo("CN=second");
        assertThat(renewals).hasSize(1);
    }

    @Test
    void filesThatAreReplacedOneAfterTheOtherAreNoProblem() throws IOException {
        Files.copy(second.certificate(), folder.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
        tls.look();
        Files.copy(second.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
        tls.look();
        tls.look();
        assertThat(shown()).isEqualTo("CN=second");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatExpiresIsServedWithAWarning() throws IOException {
        stop();
        put(expired);
        open();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("gateway.tls.certificateFile", "has expired on ", "it is still served");
        assertThatThrownBy(this::shown).isInstanceOf(SSLException.class);
        put(first);
        tls.look();
        tls.look();
        assertThat(shown()).isEqualTo("CN=first");
        now = now.plus(Duration.ofDays(60));
        tls.look();
        tls.look();
        assertThat(warnings).hasSize(2).last().asString().contains("has expired on ");
    }

    @Test
    void whoTrustsAnotherAuthorityOrSpeaksAnotherVersionIsNotServed() throws IOException {
        Certificates others = Certificates.in(folder.resolve("others"));
        try (SSLSocket stranger = connect(others.client())) {
            assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLException.class);
        }
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket = connect(certificates.client())) {
                socket.setEnabledProtocols(new String[] {version});
                assertThat(ask(socket)).contains("204");
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
        assertThat(ServedTls.PROTOCOLS).containsExactly("TLSv1.3", "TLSv1.2");
    }

    private final class Collected implements ServedTls.Notices {

        @Override
        public void renewed(String message) {
            renewals.add(message);
        }

        @Override
        public void warned(String message) {
            warnings.add(message);
        }
    }
}
