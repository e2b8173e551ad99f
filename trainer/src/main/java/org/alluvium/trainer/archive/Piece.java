package org.alluvium.trainer.archive;

/**
 * Part of a file that only ever grows, as an object.
 *
 * @param key of the object
 * @param from its first byte in the file
 * @param to the byte after its last one
 * @param sha256 digest of the object
 */
public record Piece(String key, long from, long to, String sha256) {

    long bytes() {
        return to - from;
    }
}
