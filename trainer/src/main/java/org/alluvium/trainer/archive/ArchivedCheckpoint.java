package org.alluvium.trainer.archive;

/**
 * A checkpoint in an archive.
 *
 * @param step after which it was taken
 * @param permanent whether it stays
 * @param folder key of its files without their names, ending in a slash
 * @param manifestSha256 digest of its manifest, which has those of all other files
 * @param bytes of all its files
 */
public record ArchivedCheckpoint(long step, boolean permanent, String folder, String manifestSha256, long bytes) {}
