package org.alluvium.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** The secret that requests must bring, as {@code Authorization: Bearer …} (RFC 6750). Thread-safe. */
public final class AccessToken {

    private static final String SCHEME = "bearer ";

    private final byte[] digest;

    /** @param secret what stands behind {@code Bearer} */
    public AccessToken(String secret) {
        this.digest = digest(secret);
    }

    /** Whether the value of an {@code Authorization} header has the secret. Takes as long whatever a wrong one looks like. */
    boolean admits(String authorization) {
        return authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && MessageDigest.isEqual(
                        digest, digest(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
