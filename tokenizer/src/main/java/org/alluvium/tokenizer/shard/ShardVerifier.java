package org.alluvium.tokenizer.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;

/** Compares shards with what the log says of them. */
public final class ShardVerifier {

    private static final String RESTORE = "Restore the shard from a copy; the log names the digest it must have.";

    private ShardVerifier() {}

    /**
     * Compares size and SHA-256, which is all that is needed to trust every row.
     *
     * @throws UnavailableException if the file is not there
     * @throws DataException if it is not the file that the log names; says both sizes or both digests
     * @throws StorageException if it cannot be read
     */
    public static void verifyDigest(Path file, ShardFile expected) {
        try {
            long bytes = Files.size(file);
            require(bytes, expected.bytes(), "bytes", file);
            require(Sha256.of(file), expected.sha256(), "SHA-256", file);
        } catch (NoSuchFileException e) {
            throw new UnavailableException("the log names a shard that is not there", file.toString(), RESTORE, e);
        } catch (IOException e) {
            throw new StorageException("the shard cannot be read (" + e + ")", file.toString(), "Check the disk.", e);
        }
    }

    /**
     * Compares the digest, then reads every row and compares rows, tokens, sources and times as well.
     *
     * @return how many of the rows are holes, whose documents were taken down
     * @throws DataException if the shard is not what the log says of it
     */
    public static long verify(Path file, ShardFile expected) {
        verifyDigest(file, expected);
        ShardFacts facts = new ShardFacts();
        long holes = 0;
        try (ShardReader reader = ShardReader.open(file)) {
            while (reader.hasNext()) {
                ShardRow row = reader.next();
                facts.add(row);
                holes += row.isHole() ? 1 : 0;
            }
        }
        ShardFile found = facts.toShardFile(expected.path(), expected.bytes(), expected.sha256());
        require(found.rows(), expected.rows(), "rows", file);
        require(found.tokens(), expected.tokens(), "tokens", file);
        require(found.rowsPerSource(), expected.rowsPerSource(), "rows per source", file);
        require(found.minEventTimeMillis(), expected.minEventTimeMillis(), "smallest event time", file);
        require(found.maxEventTimeMillis(), expected.maxEventTimeMillis(), "largest event time", file);
        require(found.rowsRoot(), expected.rowsRoot(), "root of the rows", file);
        return holes;
    }

    private static void require(Object found, Object expected, String what, Path file) {
        if (!found.equals(expected)) {
            throw new DataException(
                    what + ": the file has " + found + ", the log says " + expected, file.toString(), RESTORE);
        }
    }
}
