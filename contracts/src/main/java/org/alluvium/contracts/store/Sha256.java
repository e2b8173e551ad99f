package org.alluvium.contracts.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) as it stands in every file of Alluvium: 64 lower-case hexadecimal digits. */
public final class Sha256 {

    public static final int HEX_DIGITS = 64;

    private static final int BUFFER_BYTES = 1 << 16;

    private Sha256() {}

    public static String of(byte[] bytes) {
        return hex(newDigest().digest(bytes));
    }

    /** The digest of part of an array. */
    public static String of(byte[] bytes, int from, int length) {
        MessageDigest digest = newDigest();
        digest.update(bytes, from, length);
        return hex(digest.digest());
    }

    /** Reads the whole file once; errors name it. */
    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        } catch (IOException e) {
            throw Durability.naming(file, e);
        }
    }

    /** Reads the stream to its end and leaves it open. */
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    /** A fresh digest, for use with {@link java.security.DigestOutputStream}; finish it with {@link #hex}. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
