package org.alluvium.contracts.shard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.alluvium.contracts.merkle.MerkleHash;
import org.alluvium.contracts.store.Sha256;

/**
 * The leaves of the Merkle tree of a shard's rows. A leaf is one line of JSON in UTF-8 without white space, with its members in
 * this order; those of {@code url}, {@code ingestTimeMillis} and {@code language} are left out where a row has none:
 *
 * <pre>
 * {"salt":hex, "id":string, "source":string, "origin":string, "url":string, "eventTimeMillis":int, "ingestTimeMillis":int,
 *  "language":string, "quality":string, "contentHash":hex, "repeat":int, "tokens":int, "inputIds":hex, "textBytes":int}
 * </pre>
 *
 * {@code quality} is the bits of the float and {@code inputIds} the SHA-256 of the token ids, each as four bytes, the lowest
 * first, so that a proof need not have the text. Pure functions.
 */
public final class RowLeaf {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RowLeaf() {}

    /** Digest of a row's leaf; empty if the row has no seal, and so no root commits to it. */
    public static Optional<String> of(ShardRow row) {
        return row.seal()
                .map(seal -> seal instanceof RowSeal.Salt salt ? MerkleHash.leaf(text(row, salt)) : seal.hex());
    }

    /** What the leaf of a row says; empty if there is no seal, or the row is not there any more. */
    public static Optional<String> text(ShardRow row) {
        return row.seal()
                .filter(RowSeal.Salt.class::isInstance)
                .map(RowSeal.Salt.class::cast)
                .map(salt -> text(row, salt));
    }

    private static String text(ShardRow row, RowSeal.Salt salt) {
        ObjectNode node = JSON.createObjectNode()
                .put("salt", salt.hex())
                .put("id", row.documentId())
                .put("source", row.source())
                .put("origin", row.origin());
        row.url().ifPresent(url -> node.put("url", url));
        node.put("eventTimeMillis", row.eventTimeMillis());
        row.ingestTimeMillis().ifPresent(time -> node.put("ingestTimeMillis", time));
        row.language().ifPresent(language -> node.put("language", language));
        return node.put("quality", Integer.toHexString(Float.floatToRawIntBits(row.quality())))
                .put("contentHash", row.contentHash().toString())
                .put("repeat", row.repeat())
                .put("tokens", row.tokenCount())
                .put("inputIds", digest(row.inputIds()))
                .put("textBytes", row.textBytes())
                .toString();
    }

    private static String digest(int[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(ids);
        return Sha256.of(bytes.array());
    }
}
