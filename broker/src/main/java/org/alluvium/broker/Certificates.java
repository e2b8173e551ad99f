package org.alluvium.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority and the certificates that it signs, made by the JDK's keytool in a folder, for tests of secure connections.
 * Every name of an identity can be used once. Not thread-safe.
 */
public final class Certificates {

    /** Opens every key store that is made here. */
    public static final String PASSWORD = "only-for-tests";

    private static final String AUTHORITY = "authority";
    private static final String LOCALHOST = "san=dns:localhost,ip:127.0.0.1";

    /** Somebody's key, and who vouches for it, as the files that servers and clients want. */
    public record Identity(Path certificate, Path key, Path keyStore, Path password) {
        // certificate: PEM, own one first, then the authority's; key: PEM of PKCS#8; keyStore: PKCS12 with both
    }

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * A new authority that nobody knows, with its files in a folder.
     *
     * @throws IllegalStateException if keytool fails, with what it said
     */
    public static Certificates in(Path folder) throws IOException {
        Certificates certificates = new Certificates(Files.createDirectories(folder));
        certificates.keyPair(AUTHORITY, "-ext", "bc:c");
        certificates.keytool(
                AUTHORITY,
                "-exportcert",
                "-rfc",
                "-file",
                certificates.authority().toString());
        return certificates;
    }

    /** The authority's certificate as PEM: what a client is told to trust. */
    public Path authority() {
        return folder.resolve(AUTHORITY + ".pem");
    }

    /** A key and certificate for {@code localhost} and {@code 127.0.0.1}, valid from yesterday on for a month. */
    public Identity issue(String name) throws IOException {
        return issue(name, "-1d", 30);
    }

    /** One whose certificate ended yesterday. */
    public Identity expired(String name) throws IOException {
        return issue(name, "-10d", 9);
    }

    private Identity issue(String name, String start, int days) throws IOException {
        keyPair(name);
        Path request = folder.resolve(name + ".csr");
        keytool(name, "-certreq", "-file", request.toString());
        Path signed = folder.resolve(name + ".crt");
        keytool(
                AUTHORITY,
                "-gencert",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-ext",
                LOCALHOST,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        return files(name, signed);
    }

    private Identity files(String name, Path signed) throws IOException {
        Path certificate = folder.resolve(name + ".pem");
        Files.writeString(certificate, Files.readString(signed) + Files.readString(authority()));
        Path key = folder.resolve(name + ".key");
        Path password = folder.resolve(name + ".password");
        Files.writeString(password, PASSWORD + "\n");
        try {
            Files.writeString(key, pem(takeChain(name, certificate)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the files of " + name + " in " + folder + " are not what keytool writes", e);
        }
        return new Identity(certificate, key, store(name), password);
    }

    /** Replaces the certificate in the identity's key store, which its key has signed itself, by one that can be checked. */
    private Key takeChain(String name, Path chain) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = PASSWORD.toCharArray();
        try (InputStream in = Files.newInputStream(store(name))) {
            keys.load(in, password);
        }
        Key key = keys.getKey(name, password);
        try (InputStream in = Files.newInputStream(chain)) {
            Certificate[] certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            keys.setKeyEntry(name, key, password, certificates);
        }
        try (OutputStream out = Files.newOutputStream(store(name))) {
            keys.store(out, password);
        }
        return key;
    }

    private static String pem(Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void keyPair(String name, String... options) throws IOException {
        List<String> line = new ArrayList<>(
                List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
        line.addAll(List.of(options));
        keytool(name, line.toArray(String[]::new));
    }

    private void keytool(String name, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(arguments));
        line.add("-J-XX:TieredStopAtLevel=1"); // it lives for less than it takes to compile well
        line.addAll(List.of("-alias", name, "-storetype", "PKCS12", "-storepass", PASSWORD));
        line.addAll(List.of("-keystore", store(name).toString()));
        Process keytool = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit;
        try {
            exit = keytool.waitFor();
        } catch (InterruptedException e) {
            keytool.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool was at work", e);
        }
        if (exit != 0) {
            throw new IllegalStateException("keytool " + arguments[0] + " of " + name + " failed: " + said);
        }
    }
}
