package org.alluvium.tokenizer.shard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Durability;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes one shard: {@link #write} rows, then {@link #finish}. The same rows and metadata give the same bytes. Not
 * thread-safe.
 *
 * <p>Memory is bounded by one row group, that is {@link #ROW_GROUP_BYTES} of encoded rows or one row if that is larger.
 * Nothing is readable before {@link #finish}; closing an unfinished writer abandons the file as it is, for the caller to
 * delete.
 */
public final class ShardWriter implements AutoCloseable {

    /** Rows are written out in groups of about this size: what a reader holds in memory. */
    public static final long ROW_GROUP_BYTES = 16L << 20;

    private static final int ROW_GROUP_ROWS = 1 << 16;
    private static final int PAGE_BYTES = 1 << 18;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final Target target;
    private final DigestingOutputFile output;
    private final ParquetWriter<ShardRow> parquet;
    private final ShardFacts facts = new ShardFacts();
    private boolean failed;
    private boolean closed;

    private ShardWriter(String name, Target target, ShardMetadata metadata) {
        this.name = name;
        this.target = target;
        this.output = new DigestingOutputFile(target.stream(), name);
        try {
            this.parquet = new Builder(output, ShardSchema.toKeyValues(metadata)).build();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Begins a new file.
     *
     * @throws StorageException if it exists already or cannot be created
     */
    public static ShardWriter open(Path file, ShardMetadata metadata) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            return new ShardWriter(file.toString(), new FileTarget(stream, channel, file.toAbsolutePath()), metadata);
        } catch (IOException e) {
            throw new StorageException(
                    "the shard cannot be created (" + e + ")",
                    file.toString(),
                    "Check that the folder is there, may be written, and has no such file.",
                    e);
        }
    }

    /**
     * Begins a shard on a stream, which stays the caller's: it is flushed by {@link #finish} and never closed here.
     *
     * @param name what to call the shard in errors
     */
    public static ShardWriter open(OutputStream stream, String name, ShardMetadata metadata) {
        return new ShardWriter(name, new StreamTarget(stream), metadata);
    }

    /**
     * Appends a row.
     *
     * @throws IllegalArgumentException if {@code repeat} is below 1 or an id is negative
     * @throws StorageException if the disk is full or fails; the writer can then only be closed
     */
    public void write(ShardRow row) {
        requireUsable();
        check(row);
        try {
            parquet.write(row);
        } catch (IOException e) {
            throw failed(e);
        }
        facts.add(row);
    }

    /** Rows written so far. */
    public long rows() {
        return facts.rows();
    }

    /** Tokens written so far. */
    public long tokens() {
        return facts.tokens();
    }

    /** Size of the file so far; what is still in memory counts as it is, before compression. */
    public long bytes() {
        return parquet.getDataSize();
    }

    /**
     * Completes the shard: writes what is left, forces file and folder entry to the disk, and closes.
     *
     * @param path what the log is to call the shard, relative to the corpus folder
     * @return the facts for the log
     * @throws StorageException if writing fails; the file is then not a shard
     */
    public ShardFile finish(String path) {
        requireUsable();
        try {
            parquet.close();
            target.persist();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            close();
        }
        return facts.toShardFile(path, output.position(), output.sha256());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            target.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void requireUsable() {
        if (closed || failed) {
            throw new IllegalStateException("the writer of " + name + (closed ? " was closed" : " has failed"));
        }
    }

    private StorageException failed(IOException cause) {
        failed = true;
        return new StorageException(
                "the shard cannot be written (" + cause + ")",
                name,
                "Check the space and the health of the disk.",
                cause);
    }

    private static void check(ShardRow row) {
        if (row.repeat() < 1) {
            throw new IllegalArgumentException(
                    "repeat " + row.repeat() + " of document " + row.documentId() + " is below 1");
        }
        for (int id : row.inputIds()) {
            if (id < 0) {
                throw new IllegalArgumentException("document " + row.documentId() + " has the token id " + id);
            }
        }
    }

    /** Where the bytes go, and how they are made safe there. */
    private sealed interface Target {
        OutputStream stream();

        void persist() throws IOException;

        void close() throws IOException;
    }

    private record StreamTarget(OutputStream stream) implements Target {
        @Override
        public void persist() throws IOException {
            stream.flush();
        }

        @Override
        public void close() {}
    }

    private record FileTarget(OutputStream stream, FileChannel channel, Path file) implements Target {
        @Override
        public void persist() throws IOException {
            stream.flush();
            channel.force(true);
            Durability.syncFolder(file.getParent());
        }

        /** Closes the channel and not the buffer, which would write to it again. */
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<ShardRow, Builder> {

        private final Map<String, String> keyValues;

        Builder(DigestingOutputFile output, Map<String, String> keyValues) {
            super(output);
            this.keyValues = keyValues;
            withConf(new PlainParquetConfiguration());
            withCodecFactory(new ZstdCodecFactory());
            withCompressionCodec(CompressionCodecName.ZSTD);
            withRowGroupSize(ROW_GROUP_BYTES);
            withRowGroupRowCountLimit(ROW_GROUP_ROWS);
            withPageSize(PAGE_BYTES);
            withPageWriteChecksumEnabled(true);
            // Documents differ in length by orders of magnitude, so the size is looked at after every few rows.
            withMinRowCountForPageSizeCheck(1);
            withMaxRowCountForPageSizeCheck(64);
            // The smallest and largest token id of a page tell nobody anything.
            withStatisticsEnabled("input_ids.list.element", false);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in Parquet, never called without Hadoop
        protected WriteSupport<ShardRow> getWriteSupport(Configuration configuration) {
            return new RowWriteSupport(keyValues);
        }

        @Override
        protected WriteSupport<ShardRow> getWriteSupport(ParquetConfiguration configuration) {
            return new RowWriteSupport(keyValues);
        }
    }
}
