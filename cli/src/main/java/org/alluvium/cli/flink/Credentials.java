package org.alluvium.cli.flink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.alluvium.contracts.config.ClusterAccessConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;

/** What a client shows, and whom it trusts, read from the files that the configuration names. */
final class Credentials {

    private Credentials() {}

    /** Value of the header that says who asks; empty if nobody needs to know. */
    static Optional<String> authorization(ClusterAccessConfig access) {
        if (access.tokenFile().isPresent()) {
            return access.tokenFile().map(file -> "Bearer " + text(file));
        }
        return access.user().map(user -> {
            String pair =
                    user + ":" + access.passwordFile().map(Credentials::text).orElse("");
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Empty if Java's own certificates do. */
    static Optional<SSLContext> tls(ClusterAccessConfig access) {
        if (access.caFile().isEmpty() && access.keyStore().isEmpty()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    access.keyStore().isPresent() ? keys(access) : null,
                    access.caFile().isPresent() ? authorities(access.caFile().get()) : null,
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new ConfigException(
                    "these files do not make a secure connection: " + e.getMessage(),
                    "cluster.access",
                    "caFile is PEM, keyStore is PKCS12 with a password in keyStorePasswordFile",
                    e);
        }
    }

    private static KeyManager[] keys(ClusterAccessConfig access) throws GeneralSecurityException {
        char[] password =
                access.keyStorePasswordFile().map(Credentials::text).orElse("").toCharArray();
        Path file = access.keyStore().orElseThrow();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return keys.getKeyManagers();
        } catch (IOException e) {
            throw StorageException.of("read the key for the JobManager", file, e);
        }
    }

    private static TrustManager[] authorities(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (IOException e) {
            throw StorageException.of("read the authorities for the JobManager", file, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw StorageException.of("read a credential for the JobManager", file, e);
        }
    }
}
