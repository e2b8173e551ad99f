package org.alluvium.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager whose certificate nobody else has signed, and that wants to see one. */
class SecureFlinkRestTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeAKeyThatBothSidesHave() throws Exception {
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "own",
                "-file",
                folder.resolve("ca.pem").toString());
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("-keystore", folder.resolve("key.p12").toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    @Test
    void bothSidesKnowEachOtherByTheFilesThatAreNamed() throws Exception {
        try (FakeJobManager server = FakeJobManager.startSecure(context())) {
            server.answer("GET /v1/overview", 200, "{\"flink-version\":\"2.3.0\"}");

            try (FlinkRest rest = FlinkRest.of(
                    config(server, "access: {caFile: ca.pem, keyStore: key.p12, keyStorePasswordFile: password}"))) {
                assertThat(rest.overview().flinkVersion()).isEqualTo("2.3.0");
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (FakeJobManager server = FakeJobManager.startSecure(context());
                FlinkRest rest = FlinkRest.of(config(server, ""))) {
            assertThatThrownBy(rest::overview)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("no secure connection")
                    .hasMessageContaining("cluster.access.caFile");
        }
    }

    private static SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("key.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", store.getCertificate("own"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static ClusterConfig config(FakeJobManager server, String further) {
        return ConfigLoader.parse(
                        "cluster:\n  jobManager: " + server.address() + "\n  " + further + "\n",
                        "test",
                        folder,
                        List.of())
                .cluster();
    }
}
