package org.alluvium.contracts.log;

import java.util.Optional;
import org.alluvium.contracts.merkle.MerkleHash;
import org.alluvium.contracts.merkle.MerkleTree;

/**
 * An entry as a leaf of the log's Merkle tree.
 *
 * @param entry what it says
 * @param json what is stored of it, from its opening to its closing brace: the leaf
 * @param before the tree of all entries before it, as it says itself; absent if a release without roots wrote it, or there are none
 */
public record StoredEntry(LogEntry entry, String json, Optional<MerkleTree> before) {

    /** Digest of the leaf. */
    public String leaf() {
        return MerkleHash.leaf(json);
    }
}
