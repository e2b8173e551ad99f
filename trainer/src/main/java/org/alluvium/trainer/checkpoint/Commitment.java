package org.alluvium.trainer.checkpoint;

import java.util.List;
import org.alluvium.contracts.merkle.MerkleTree;

/**
 * What a checkpoint commits to: {@code commitment.json}, version 1. The manifest has its digest, so that whoever knows the
 * manifest's can be shown what the model has learned from; see {@code docs/proofs.md}.
 *
 * <pre>
 * {"version": 1, "step": 1200,
 *  "log": {"size": 22, "root": hex},                         the first entries of the shard log
 *  "consumed": {"afterStep": 0, "size": 9120, "root": hex,   pieces of documents, in the order of the steps
 *               "peaks": [hex, …]}}                          of the tree, to grow on
 * </pre>
 *
 * @param version of the format, currently {@link #VERSION}
 * @param step of the checkpoint
 * @param log all entries that a piece may have come from
 * @param consumed what was learned from
 */
public record Commitment(int version, long step, Log log, Pieces consumed) {

    public static final int VERSION = 1;

    public Commitment {
        if (version != VERSION) {
            throw new IllegalArgumentException("commitment of version " + version + "; this release reads " + VERSION);
        }
    }

    /**
     * The beginning of the shard log.
     *
     * @param size entries
     * @param root of the tree of their leaves
     */
    public record Log(long size, String root) {}

    /** The components of {@link Consumed}, with the root. */
    public record Pieces(long afterStep, long size, String root, List<String> peaks) {}

    /** Of a run that after a step has learned so much, of a log that begins so. */
    public static Commitment of(long step, Consumed consumed, MerkleTree log) {
        MerkleTree tree = consumed.tree();
        return new Commitment(
                VERSION,
                step,
                new Log(log.size(), log.root()),
                new Pieces(consumed.afterStep(), tree.size(), tree.root(), tree.peaks()));
    }

    /** What the run goes on from. */
    Consumed toConsumed() {
        return new Consumed(consumed.afterStep(), new MerkleTree(consumed.size(), consumed.peaks()));
    }
}
