package org.alluvium.tokenizer.shard;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.Vocabulary;

/**
 * Reads the rows of a shard in file order, one row group in memory at a time. Not thread-safe.
 *
 * <p>Damage is a {@link DataException} that names the file and the offset of the row group; Parquet guards its pages with a
 * checksum, but not their headers nor the footer, so whoever must be certain compares the digest first
 * ({@link ShardVerifier}).
 */
public final class ShardReader implements Iterator<ShardRow>, AutoCloseable {

    private final Path file;
    private final ShardRows<ShardRow> rows;

    private ShardReader(Path file) {
        this.file = file;
        this.rows = ShardRows.open(file, UnaryOperator.identity(), RowMaterializer::new);
    }

    /**
     * Opens a shard and reads its footer.
     *
     * @throws UnavailableException if there is no such file
     * @throws DataException if it is damaged or is no shard
     * @throws MismatchException if a newer version wrote it
     */
    public static ShardReader open(Path file) {
        return new ShardReader(file);
    }

    /** Opens a shard of a corpus, or what takedowns have made of it; as above. */
    public static ShardReader open(CorpusFiles files, ShardFile named) {
        return files.open(named, now -> open(files.corpus().file(now)));
    }

    /** What the file says of how it was made. */
    public ShardMetadata metadata() {
        return rows.metadata();
    }

    /** Rows in the file. */
    public long rows() {
        return rows.rows();
    }

    /** Rows read or skipped so far. */
    public long position() {
        return rows.position();
    }

    /**
     * Refuses a shard that was made with another vocabulary.
     *
     * @throws MismatchException that names both digests
     */
    public void requireTokenizer(Vocabulary vocabulary) {
        if (!metadata().tokenizerDigest().equals(vocabulary.digest())) {
            throw new MismatchException(
                    "the shard was tokenized with vocabulary " + metadata().tokenizerDigest() + ", but this run uses "
                            + vocabulary.digest() + " (" + vocabulary.name() + ")",
                    file.toString(),
                    "Set tokenizer.model to the vocabulary of the corpus, or ingest into another corpus folder.");
        }
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    /**
     * The next row.
     *
     * @throws DataException if it cannot be read or contradicts itself
     */
    @Override
    public ShardRow next() {
        return rows.next();
    }

    /**
     * Passes over rows; whole row groups are not even read.
     *
     * @throws IllegalArgumentException if there are fewer rows left
     */
    public void skip(long count) {
        rows.skip(count);
    }

    @Override
    public void close() {
        rows.close();
    }
}
