package org.alluvium.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority and the certificates that it signs, made by the JDK's keytool in a folder, for tests of secure connections.
 * Every name of an identity can be used once. Not thread-safe.
 */
public final class Certificates {

    /** Opens every key store that is made here. */
    public static final String PASSWORD = "only-for-tests";

    private static final String AUTHORITY = "authority";
    private static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");
    private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");
    private static final String LOCALHOST = "san=dns:localhost,ip:127.0.0.1";

    /** Somebody's key, and who vouches for it, as the files that servers and clients want. */
    public record Identity(Path certificate, Path key, Path keyStore, Path password) {
        // certificate: PEM, own one first, then the authority's; key: PEM of PKCS#8; keyStore: PKCS12 with both

        /** A server's side of connections. */
        public SSLContext context() {
            char[] secret = PASSWORD.toCharArray();
            try (InputStream in = Files.newInputStream(keyStore)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, secret);
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, secret);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(keyStore + " is not what keytool writes", e);
            }
        }
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
        certificates.keyPair(AUTHORITY, EC, "-ext", "bc:c");
        certificates.write(AUTHORITY, certificates.authority(), folder.resolve(AUTHORITY + ".key"));
        return certificates;
    }

    /** The authority's certificate as PEM: what a client is told to trust. */
    public Path authority() {
        return folder.resolve(AUTHORITY + ".pem");
    }

    /** A key and certificate for {@code localhost} and {@code 127.0.0.1}, valid from yesterday on for a month. */
    public Identity issue(String name) throws IOException {
        return issue(name, EC, "-1d", 30);
    }

    /** One with a key of RSA. */
    public Identity issueRsa(String name) throws IOException {
        return issue(name, RSA, "-1d", 30);
    }

    /** One whose certificate ended yesterday. */
    public Identity expired(String name) throws IOException {
        return issue(name, EC, "-10d", 9);
    }

    private Identity issue(String name, List<String> kind, String start, int days) throws IOException {
        String validity = Integer.toString(days);
        keyPair(name, kind, "-signer", AUTHORITY, "-ext", LOCALHOST, "-startdate", start, "-validity", validity);
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        write(name, certificate, key);
        Path password = folder.resolve(name + ".password");
        Files.writeString(password, PASSWORD + "\n");
        return new Identity(certificate, key, folder.resolve(name + ".p12"), password);
    }

    /** Writes an entry of the store of all as PEM files, and as a store of its own. */
    private void write(String name, Path certificate, Path key) throws IOException {
        char[] password = PASSWORD.toCharArray();
        try {
            KeyStore all = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store())) {
                all.load(in, password);
            }
            Certificate[] chain = all.getCertificateChain(name);
            StringBuilder text = new StringBuilder();
            for (Certificate part : chain) {
                text.append(pem("CERTIFICATE", part.getEncoded()));
            }
            Files.writeString(certificate, text);
            Files.writeString(key, pem("PRIVATE KEY", all.getKey(name, password).getEncoded()));
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(name, all.getKey(name, password), password, chain);
            try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".p12"))) {
                own.store(out, password);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the key store of " + name + " in " + folder + " is not what keytool writes", e);
        }
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    /** What a client that trusts this authority, and no other, connects with. */
    public SSLContext client() throws IOException {
        try (InputStream in = Files.newInputStream(authority())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    AUTHORITY, CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authority in " + folder + " is not what keytool writes", e);
        }
    }

    /** keytool's own store, of all keys. */
    private Path store() {
        return folder.resolve("all.p12");
    }

    private void keyPair(String name, List<String> kind, String... options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of("-genkeypair", "-dname", "CN=" + name, "-alias", name));
        line.addAll(kind);
        line.addAll(List.of(options));
        line.add("-J-XX:TieredStopAtLevel=1"); // it lives for less than it takes to compile well
        line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store().toString()));
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
            throw new IllegalStateException("keytool failed for " + name + ": " + said);
        }
    }
}
