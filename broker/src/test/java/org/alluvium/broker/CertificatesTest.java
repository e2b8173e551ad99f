package org.alluvium.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.alluvium.broker.Certificates.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

    @TempDir
    static Path folder;

    private static Certificates ours;

    @BeforeAll
    static void makeAnAuthority() throws Exception {
        ours = Certificates.in(folder.resolve("ours"));
    }

    @Test
    void aClientThatTrustsTheAuthorityKnowsTheServerByItsName() throws Exception {
        Identity server = ours.issue("server");

        assertThat(greet(server, ours.authority())).isEqualTo('a');
        assertThat(server.key()).content().startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void aClientThatTrustsAnotherAuthorityRefusesIt() throws Exception {
        Identity server = ours.issue("stranger");
        Certificates others = Certificates.in(folder.resolve("others"));

        assertThatThrownBy(() -> greet(server, others.authority())).isInstanceOf(SSLException.class);
    }

    @Test
    void anExpiredOneHasExpired() throws Exception {
        Identity old = ours.expired("old");

        assertThatThrownBy(() -> certificate(old.certificate()).checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
    }

    /** What a client that checks the server's name reads after the handshake. */
    private static int greet(Identity identity, Path trusted) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                keys(identity).getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SSLSocket one = (SSLSocket) listening.accept()) {
                    one.getOutputStream().write('a');
                } catch (IOException refusedByTheClient) {
                    // The client's side of the same failure is what the test looks at.
                }
            });
            SSLParameters checked = new SSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            try (SSLSocket client =
                    (SSLSocket) trust(trusted).getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
                client.setSSLParameters(checked);
                return client.getInputStream().read();
            } finally {
                served.join();
            }
        }
    }

    private static SSLContext keys(Identity identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = Files.readString(identity.password()).strip().toCharArray();
        try (InputStream in = Files.newInputStream(identity.keyStore())) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trust(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", certificate(authority));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
