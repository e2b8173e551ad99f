package org.alluvium.contracts.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.alluvium.contracts.store.Sha256;

/**
 * The digests that a Merkle tree is made of: SHA-256, 64 lower-case hexadecimal digits. As RFC 6962 section 2.1 has it, leaves
 * and inner nodes begin with different bytes, so that none can be passed off as the other. Pure functions.
 */
public final class MerkleHash {

    /** Root of the tree of nothing. */
    public static final String EMPTY = Sha256.of(new byte[0]);

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleHash() {}

    /** Digest of a leaf. */
    public static String leaf(byte[] content) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(LEAF);
        return Sha256.hex(digest.digest(content));
    }

    /** Digest of a leaf that is a text, in UTF-8. */
    public static String leaf(String content) {
        return leaf(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Digest of the node above two others. */
    public static String node(String left, String right) {
        HexFormat hex = HexFormat.of();
        MessageDigest digest = Sha256.newDigest();
        digest.update(NODE);
        digest.update(hex.parseHex(left));
        return Sha256.hex(digest.digest(hex.parseHex(right)));
    }
}
