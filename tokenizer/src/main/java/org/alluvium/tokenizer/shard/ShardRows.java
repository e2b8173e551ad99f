package org.alluvium.tokenizer.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardMetadata;
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
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Reads columns of a shard's rows in file order, one row group in memory at a time. Not thread-safe.
 *
 * @param <R> what is made of a row
 */
public final class ShardRows<R> implements Iterator<R>, AutoCloseable {

    private final Path file;
    private final ParquetFileReader parquet;
    private final List<BlockMetaData> groups;
    private final ShardMetadata metadata;
    private final MessageColumnIO columns;
    private final Supplier<RecordMaterializer<R>> materializer;
    private final long rows;
    private int nextGroup;
    private long groupRowsLeft;
    private long position;
    private RecordReader<R> group;

    private ShardRows(
            Path file,
            ParquetFileReader parquet,
            UnaryOperator<MessageType> projection,
            Supplier<RecordMaterializer<R>> materializer) {
        FileMetaData footer = parquet.getFooter().getFileMetaData();
        this.file = file;
        this.parquet = parquet;
        this.groups = parquet.getRowGroups();
        this.metadata = ShardSchema.fromKeyValues(footer.getKeyValueMetaData(), footer.getSchema(), file.toString());
        MessageType wanted = projection.apply(ShardSchema.message(metadata.schemaVersion()));
        parquet.setRequestedSchema(wanted);
        this.columns = new ColumnIOFactory().getColumnIO(wanted);
        this.materializer = materializer;
        this.rows = parquet.getRecordCount();
    }

    /**
     * Opens a shard and reads its footer.
     *
     * @param projection the columns to read, of all
     * @param materializer makes what is given of them; asked for once for each row group
     * @throws UnavailableException if there is no such file
     * @throws DataException if it is damaged or is no shard
     * @throws MismatchException if a newer version wrote it
     */
    static <R> ShardRows<R> open(
            Path file, UnaryOperator<MessageType> projection, Supplier<RecordMaterializer<R>> materializer) {
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
            return new ShardRows<>(file, parquet, projection, materializer);
        } catch (RuntimeException e) {
            close(parquet, file);
            throw e;
        }
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
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + rows + " rows of " + file + " were read");
        }
        while (groupRowsLeft == 0) {
            openGroup();
        }
        try {
            R row = group.read();
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
            group = columns.getRecordReader(pages, materializer.get());
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
