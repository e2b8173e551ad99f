package org.alluvium.contracts.log;

import java.util.function.LongFunction;
import org.alluvium.contracts.merkle.MerkleTree;

/**
 * The Merkle trees of the beginnings of a log, for one who asks for longer and longer ones: of a log whose entries have none
 * themselves, since a release without roots wrote them, each is read once. Thread-safe.
 */
public final class LogTrees implements LongFunction<MerkleTree> {

    private final StoreShardLog log;
    private MerkleTree known = MerkleTree.EMPTY;

    public LogTrees(StoreShardLog log) {
        this.log = log;
    }

    /** The tree of the first entries. */
    @Override
    public synchronized MerkleTree apply(long size) {
        known = log.tree(size, known.size() <= size ? known : MerkleTree.EMPTY);
        return known;
    }
}
