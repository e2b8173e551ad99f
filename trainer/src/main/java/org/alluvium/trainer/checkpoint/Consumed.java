package org.alluvium.trainer.checkpoint;

import java.util.List;
import org.alluvium.contracts.merkle.MerkleHash;
import org.alluvium.contracts.merkle.MerkleTree;

/**
 * What a run has learned from, as a Merkle tree of the pieces of documents in the order of its steps. As a part of the run's
 * position it goes back with it. Immutable.
 *
 * @param afterStep the last step that is not in the tree: 0, unless a release without trees has begun the run
 * @param tree whose leaves are those of {@link org.alluvium.trainer.journal.JournalLine#consumed}
 */
public record Consumed(long afterStep, MerkleTree tree) {

    /** Of a run before its first step. */
    public static final Consumed NOTHING = new Consumed(0, MerkleTree.EMPTY);

    /** After a step more. */
    public Consumed plus(List<String> leaves) {
        MerkleTree grown = tree;
        for (String leaf : leaves) {
            grown = grown.plus(MerkleHash.leaf(leaf));
        }
        return new Consumed(afterStep, grown);
    }
}
