package org.alluvium.cli.proof;

import java.util.List;

/**
 * That a model has learned from a document: the format of proof files, version 1. Records are objects of JSON with these members;
 * {@code docs/proofs.md} says what a verifier has to check.
 *
 * @param version of the format, {@link #VERSION}
 * @param document its id
 * @param manifest content of the checkpoint's {@code MANIFEST.json}
 * @param commitment content of its {@code commitment.json}
 * @param piece what a step took of the document: a leaf of what the checkpoint has consumed
 * @param entry the log entry that the piece names: a leaf of the log
 * @param row the row that the piece names: a leaf of the shard
 */
public record Proof(
        int version, String document, String manifest, String commitment, Piece piece, Leaf entry, Leaf row) {

    public static final int VERSION = 1;

    /**
     * A leaf of a tree, which another leaf says the number of.
     *
     * @param leaf its content
     * @param path digests beside the way to the root, the nearest first
     */
    public record Leaf(String leaf, List<String> path) {}

    /**
     * A leaf whose number nothing else says.
     *
     * @param index from 0
     */
    public record Piece(String leaf, long index, List<String> path) {}
}
