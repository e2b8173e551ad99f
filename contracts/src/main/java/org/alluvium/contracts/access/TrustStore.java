package org.alluvium.contracts.access;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.alluvium.contracts.error.StorageException;

/** Whom a whole process trusts: a file for libraries that cannot be told of an authority but by Java's system properties. */
public final class TrustStore {

    /** It holds nothing secret; the password keeps it from being changed by chance. */
    private static final String PASSWORD = "authorities";

    private TrustStore() {}

    /**
     * Writes those that Java trusts here, and the authorities of a file.
     *
     * @param caFile PEM
     * @param key of the configuration that names it
     * @return the system properties that make a Java process trust them
     */
    public static Map<String, String> write(Path target, Path caFile, String key) {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : javas()) {
                store.setCertificateEntry("java-" + number++, certificate);
            }
            for (Certificate certificate : Tls.certificates(caFile, key)) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            try (OutputStream out = Files.newOutputStream(target)) {
                store.store(out, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK keeps certificates", e);
        } catch (IOException e) {
            throw StorageException.of("write the authorities to trust", target, e);
        }
        return Map.of("javax.net.ssl.trustStore", target.toString(), "javax.net.ssl.trustStoreType", "JKS");
    }

    private static List<X509Certificate> javas() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        for (TrustManager manager : trust.getTrustManagers()) {
            if (manager instanceof X509TrustManager certificates) {
                return List.of(certificates.getAcceptedIssuers());
            }
        }
        return List.of();
    }
}
