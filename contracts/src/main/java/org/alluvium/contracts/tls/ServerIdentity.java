package org.alluvium.contracts.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.TlsConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;

/**
 * A certificate and its key.
 *
 * @param chain the server's own certificate, then those that lead to the authority
 * @param key that belongs to the first of them
 */
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {

    private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    ServerIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both files.
     *
     * @param group of the configuration that names them, such as {@code gateway.tls}
     * @throws ConfigException if they are not PEM files of a certificate and of the key that belongs to it
     * @throws StorageException if one cannot be read
     */
    static ServerIdentity read(TlsConfig files, String group) {
        List<X509Certificate> chain = chain(files.certificateFile(), group + ".certificateFile");
        String keyOption = group + ".keyFile";
        PrivateKey key = PrivateKeys.parse(
                text(files.keyFile(), keyOption),
                chain.get(0).getPublicKey(),
                problem -> new ConfigException(
                        keyOption + " " + problem.what(), files.keyFile().toString(), problem.todo()));
        if (!belong(key, chain.get(0))) {
            throw new ConfigException(
                    keyOption + " is not the key of the certificate in " + files.certificateFile(),
                    files.keyFile().toString(),
                    "Name the two files that were made together; the server's own certificate stands first in its file");
        }
        return new ServerIdentity(chain, key);
    }

    private static List<X509Certificate> chain(Path file, String option) {
        String text = text(file, option);
        try {
            int begin = text.indexOf(BEGIN_CERTIFICATE);
            if (begin < 0) {
                throw new CertificateException("it has no '" + BEGIN_CERTIFICATE + "'");
            }
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(text.substring(begin).getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new ConfigException(
                    option + " is no PEM file of certificates: " + e.getMessage(),
                    file.toString(),
                    "Give the server's certificate and those of the authorities between, as your authority issued them",
                    e);
        }
    }

    private static String text(Path file, String option) {
        try {
            return Files.readString(
                    file, StandardCharsets.ISO_8859_1); // every byte is a character, also of what is no text
        } catch (IOException e) {
            throw StorageException.of("read " + option, file, e);
        }
    }

    /** Whether what the key signs is what the certificate vouches for. */
    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            byte[] text = BEGIN_CERTIFICATE.getBytes(StandardCharsets.US_ASCII);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of other curves cannot even be tried
        }
    }

    /** Until when clients take it. */
    Instant notAfter() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** Why clients refuse it at a time, if they do. */
    Optional<String> refusedAt(Instant now) {
        Instant notBefore = chain.get(0).getNotBefore().toInstant();
        if (now.isAfter(notAfter())) {
            return Optional.of("has expired on " + notAfter());
        }
        return now.isBefore(notBefore) ? Optional.of("is valid only from " + notBefore + " on") : Optional.empty();
    }
}
