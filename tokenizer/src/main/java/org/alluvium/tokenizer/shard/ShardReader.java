package org.alluvium.tokenizer.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.Vocabulary;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/**
 * Reads the rows of a shard in file order, one row group in memory at a time. Not thread-safe.
 *
 * <p>Damage is a {@link DataException} that names the file and the offset of the row group; Parquet guards its pages with a
 * checksum, but not their headers nor the footer, so whoever must be certain compares the digest first
 * ({@link ShardVerifier}).
 */
public final class ShardReader implements Iterator<ShardRow>, AutoCloseable {

    private final Path file;
    private final ParquetFileReader parquet;
    private final List<BlockMetaData> groups;
    private final ShardMetadata metadata;
    private final MessageColumnIO columns;
    private final long rows;
    private int nextGroup;
    private long groupRowsLeft;
    private long position;
    private RecordReader<ShardRow> group;

    private ShardReader(Path file, ParquetFileReader parquet) {
        FileMetaData footer = parquet.getFooter().getFileMetaData();
        this.file = file;
        this.parquet = parquet;
        this.groups = parquet.getRowGroups();
        this.metadata = ShardSchema.fromKeyValues(footer.getKeyValueMetaData(), footer.getSchema(), file.toString());
        this.columns = new ColumnIOFactory().getColumnIO(ShardSchema.message(metadata.schemaVersion()));
        this.rows = parquet.getRecordCount();
    }

    /**
     * Opens a shard and reads its footer.
     *
     * @throws UnavailableException if there is no such file
     * @throws DataException if it is damaged or is no shard
     * @throws MismatchException if a newer version wrote it
     */
    public static ShardReader open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnavailableException(
                    "there is no such shard",
                    file.toString(),
                    "Check the corpus folder, or restore the file from a copy.");
        }
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodecFactory())
                .usePageChecksumVerification(true)
                .build();
        ParquetFileReader parquet;
        try {
            parquet = ParquetFileReader.open(new LocalInputFile(file), options);
        } catch (IOException | RuntimeException e) {
            throw damaged(file, "the footer", e);
        }
        try {
            return new ShardReader(file, parquet);
        } catch (RuntimeException e) {
            close(parquet, file);
            throw e;
        }
    }

    /** Opens a shard of a corpus, or what takedowns have made of it; as above. */
    public static ShardReader open(CorpusFiles files, ShardFile named) {
        return files.open(named, now -> open(files.corpus().file(now)));
    }

    /** What the file says of how it was made. */
    public ShardMetadata metadata() {
        return metadata;
    }

    /** Rows in the file. */
    public long rows() {
        return rows;
    }

    /** Rows read or skipped so far. */
    public long position() {
        return position;
    }

    /**
     * Refuses a shard that was made with another vocabulary.
     *
     * @throws MismatchException that names both digests
     */
    public void requireTokenizer(Vocabulary vocabulary) {
        if (!metadata.tokenizerDigest().equals(vocabulary.digest())) {
            throw new MismatchException(
                    "the shard was tokenized with vocabulary " + metadata.tokenizerDigest() + ", but this run uses "
                            + vocabulary.digest() + " (" + vocabulary.name() + ")",
                    file.toString(),
                    "Set tokenizer.model to the vocabulary of the corpus, or ingest into another corpus folder.");
        }
    }

    @Override
    public boolean hasNext() {
        return position < rows;
    }

    /**
     * The next row.
     *
     * @throws DataException if it cannot be read or contradicts itself
     */
    @Override
    public ShardRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + rows + " rows of " + file + " were read");
        }
        while (groupRowsLeft == 0) {
            openGroup();
        }
        try {
            ShardRow row = group.read();
            groupRowsLeft--;
            position++;
            return row;
        } catch (RuntimeException e) {
            throw damaged(file, "row " + position + ", in the row group" + offset(nextGroup - 1), e);
        }
    }

    /**
     * Passes over rows; whole row groups are not even read.
     *
     * @throws IllegalArgumentException if there are fewer rows left
     */
    public void skip(long count) {
        if (count < 0 || count > rows - position) {
            throw new IllegalArgumentException(
                    "cannot skip " + count + " rows at row " + position + " of " + rows + " in " + file);
        }
        long left = count;
        while (left > 0) {
            long groupRows =
                    groupRowsLeft > 0 ? groupRowsLeft : groups.get(nextGroup).getRowCount();
            if (left < groupRows) {
                next();
                left--;
            } else {
                left -= groupRows;
                position += groupRows;
                passGroup();
            }
        }
    }

    @Override
    public void close() {
        close(parquet, file);
    }

    private void openGroup() {
        try {
            PageReadStore pages = parquet.readNextRowGroup();
            groupRowsLeft = pages.getRowCount();
            group = columns.getRecordReader(pages, new RowMaterializer());
            nextGroup++;
        } catch (IOException | RuntimeException e) {
            throw damaged(file, "the row group" + offset(nextGroup), e);
        }
    }

    /** Leaves the open group, or the next one unread where none is open. */
    private void passGroup() {
        if (groupRowsLeft == 0) {
            parquet.skipNextRowGroup();
            nextGroup++;
        }
        groupRowsLeft = 0;
    }

    private String offset(int index) {
        return index < groups.size() ? " at byte " + groups.get(index).getStartingPos() : " after the last one";
    }

    private static void close(ParquetFileReader parquet, Path file) {
        try {
            parquet.close();
        } catch (IOException e) {
            throw new StorageException("the shard cannot be closed (" + e + ")", file.toString(), "Check the disk.", e);
        }
    }

    private static DataException damaged(Path file, String where, Exception cause) {
        return new DataException(
                where + " cannot be read (" + cause + ")",
                file.toString(),
                "Run 'alluvium corpus verify', and restore the shard from a copy.",
                cause);
    }
}
