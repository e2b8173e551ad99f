package org.alluvium.contracts.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.alluvium.broker.Certificates;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {

    /** What PKCS#8 has before the key itself: of RSA with 2048 bits, and of EC on P-256. */
    private static final int BEFORE_RSA = 26;

    private static final int BEFORE_EC = 28;

    @TempDir
    private static Path folder;

    private static Certificates.Identity ec;
    private static Certificates.Identity rsa;

    @BeforeAll
    static void issue() throws IOException {
        Certificates certificates = Certificates.in(folder);
        ec = certificates.issue("ec");
        rsa = certificates.issueRsa("rsa");
    }

    private static ServerIdentity read(Path certificate, Path key) {
        return ServerIdentity.read(new TlsConfig(certificate, key), "gateway.tls");
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** The key without what says its kind, as older tools write it. */
    private static Path traditional(Path pkcs8, String kind, int before) throws IOException {
        String pem = Files.readString(pkcs8);
        byte[] der = Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").strip());
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(Arrays.copyOfRange(der, before, der.length));
        return file(
                kind + ".traditional",
                "-----BEGIN " + kind + " PRIVATE KEY-----\n" + body + "\n-----END " + kind + " PRIVATE KEY-----\n");
    }

    @Test
    void keysOfEitherKindAreRead() {
        ServerIdentity onACurve = read(ec.certificate(), ec.key());
        assertThat(onACurve.chain()).hasSize(2);
        assertThat(onACurve.key().getAlgorithm()).isEqualTo("EC");
        assertThat(read(rsa.certificate(), rsa.key()).key().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void keysThatLeaveOutTheirKindAreThoseOfTheCertificate() throws IOException {
        assertThat(read(rsa.certificate(), traditional(rsa.key(), "RSA", BEFORE_RSA)))
                .isEqualTo(read(rsa.certificate(), rsa.key()));
        assertThat(read(ec.certificate(), traditional(ec.key(), "EC", BEFORE_EC))
                        .chain())
                .isEqualTo(read(ec.certificate(), ec.key()).chain());
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws IOException {
        Path other = Certificates.in(folder.resolve("other")).issue("ec").key();
        for (Path key : new Path[] {other, rsa.key()}) {
            assertThatThrownBy(() -> read(ec.certificate(), key))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(key.toString())
                    .hasMessageContaining("gateway.tls.keyFile is not the key of the certificate");
        }
    }

    @Test
    void whatIsNoCertificateIsRefusedWithTheKeyOfTheConfiguration() throws IOException {
        String begin = "-----BEGIN CERTIFICATE-----\n";
        for (String text :
                new String[] {"", "garbage", begin + "garbage", begin + "AAAA\n-----END CERTIFICATE-----\n"}) {
            Path file = file("garbage.crt", text);
            assertThatThrownBy(() -> read(file, ec.key()))
                    .as(text)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("gateway.tls.certificateFile is no PEM file of certificates");
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithTheKeyOfTheConfigurationAndWithoutTheFilesText() throws IOException {
        String begin = "-----BEGIN PRIVATE KEY-----\n";
        String end = "\n-----END PRIVATE KEY-----\n";
        for (String text : new String[] {"c2VjcmV0", begin + "c2VjcmV0" + end, begin + "c2Vjc;mV0" + end}) {
            Path file = file("garbage.key", text);
            assertThatThrownBy(() -> read(ec.certificate(), file))
                    .as(text)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("gateway.tls.keyFile is no ")
                    .hasMessageNotContaining("c2Vjc")
                    .hasMessageNotContaining("secret");
        }
        Path locked =
                file("locked.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> read(ec.certificate(), locked))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is a key with a password")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void aFileThatIsMissingIsNamedWithTheKeyOfTheConfiguration() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> read(none, ec.key()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(none.toString())
                .hasMessageContaining("gateway.tls.certificateFile");
        assertThatThrownBy(() -> read(ec.certificate(), none))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("gateway.tls.keyFile");
    }
}
