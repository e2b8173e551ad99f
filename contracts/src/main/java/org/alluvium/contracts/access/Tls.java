package org.alluvium.contracts.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;

/** A client's side of secure connections, by files. Names of servers are checked by whoever connects, as Java does by itself. */
public final class Tls {

    private Tls() {}

    /**
     * A context of connections.
     *
     * @param caFile PEM of the authorities that a server's certificate must be signed by; without one, those that Java trusts
     * @param keyStore PKCS12 with what this program shows
     * @param keyStorePasswordFile its password
     * @param key of the configuration's group that names the files
     * @throws StorageException if a file cannot be read
     * @throws ConfigException if a file is not what it should be
     */
    public static SSLContext context(
            Optional<Path> caFile, Optional<Path> keyStore, Optional<Path> keyStorePasswordFile, String key) {
        KeyManager[] shown =
                keyStore.map(file -> keys(file, keyStorePasswordFile, key)).orElse(null);
        TrustManager[] trusted =
                caFile.map(file -> authorities(file, key + ".caFile")).orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static KeyManager[] keys(Path file, Optional<Path> passwordFile, String key) {
        char[] password = passwordFile
                .map(path -> Secret.read(path, key + ".keyStorePasswordFile").value())
                .orElse("")
                .toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return keys.getKeyManagers();
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new ConfigException(
                        "the password does not open it",
                        file.toString(),
                        "Let " + key + ".keyStorePasswordFile name a file with the one that does",
                        e);
            }
            throw StorageException.of("read " + key + ".keyStore", file, e);
        } catch (GeneralSecurityException e) {
            throw new ConfigException(
                    "it is no key store (" + e.getMessage() + ")",
                    file.toString(),
                    "Let " + key + ".keyStore name a PKCS12 file",
                    e);
        }
    }

    /**
     * Those who trust the authorities of a file and nobody else.
     *
     * @param key of the configuration that names the file
     */
    public static TrustManager[] authorities(Path file, String key) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(file, key)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK keeps certificates in memory", e);
        }
    }

    /**
     * The certificates of a PEM file, at least one.
     *
     * @param key of the configuration that names the file
     */
    public static Collection<? extends Certificate> certificates(Path file, String key) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new CertificateException("it holds none");
            }
            return found;
        } catch (IOException e) {
            throw StorageException.of("read " + key, file, e);
        } catch (CertificateException e) {
            throw new ConfigException(
                    "there are no certificates in it (" + e.getMessage() + ")",
                    file.toString(),
                    "Let " + key + " name a PEM file of the authorities to trust",
                    e);
        }
    }
}
