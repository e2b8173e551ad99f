package org.alluvium.contracts.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM files: PKCS#8 (RFC 5208), and what cert-manager and OpenSSL write unless they are told otherwise, PKCS#1
 * (RFC 8017) for RSA and SEC 1 (RFC 5915) for EC. These two leave out what kind of key they are, which the certificate knows.
 */
final class PrivateKeys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED |)PRIVATE KEY)-----([^-]+)-----END \\1-----");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /** What is wrong with a file, as a predicate, and what to do. */
    record Problem(String what, String todo) {}

    /**
     * The key in a PEM file.
     *
     * @param owner public key of the certificate that it should belong to
     * @param refuse what a problem is to the caller
     */
    static PrivateKey parse(String pem, PublicKey owner, Function<Problem, RuntimeException> refuse) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw refuse.apply(new Problem(
                    "is no PEM file of a private key", "Give the key that was made with the certificate, as PEM"));
        }
        String kind = block.group(1);
        if (kind.startsWith("ENCRYPTED") || block.group(2).contains("Proc-Type")) {
            throw refuse.apply(new Problem(
                    "is a key with a password", "Take the password off with 'openssl pkcs8 -topk8 -nocrypt'"));
        }
        try {
            byte[] body = Base64.getMimeDecoder().decode(block.group(2));
            return key(kind.equals("PRIVATE KEY") ? body : pkcs8(body, owner));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refuse.apply(
                    new Problem(
                            "is no key of RSA or EC: " + e.getMessage(),
                            "Give the key that was made with the certificate; 'openssl pkey -in FILE -noout -check' says what it is"));
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (InvalidKeySpecException notOnACurve) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }

    /** Says before the key what kind it is, in the words of the public key (X.509's AlgorithmIdentifier). */
    private static byte[] pkcs8(byte[] key, PublicKey owner) {
        ByteBuffer kind = content(ByteBuffer.wrap(owner.getEncoded()));
        ByteBuffer after = kind.duplicate();
        content(after);
        byte[] algorithm = new byte[after.position() - kind.position()];
        kind.get(algorithm);
        return tagged(SEQUENCE, VERSION_0, algorithm, tagged(OCTETS, key));
    }

    /** What the value at the buffer's position holds (X.690); the buffer is left behind it. */
    private static ByteBuffer content(ByteBuffer der) {
        der.get(); // the tag
        int length = der.get() & 0xff;
        if (length > 0x7f) {
            int digits = length & 0x7f;
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = (length << 8) | (der.get() & 0xff);
            }
        }
        ByteBuffer content = der.slice(der.position(), length);
        der.position(der.position() + length);
        return content;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (content.size() > 0x7f) { // two digits are enough for any key
            value.write(0x82);
            value.write(content.size() >> 8);
        }
        value.write(content.size());
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }
}
