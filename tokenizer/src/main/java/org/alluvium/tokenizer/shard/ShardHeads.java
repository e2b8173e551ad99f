package org.alluvium.tokenizer.shard;

import java.nio.file.Path;
import java.util.Iterator;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a shard in file order without their tokens, which are nearly all of its bytes. Otherwise as
 * {@link ShardReader}. Not thread-safe.
 */
public final class ShardHeads implements Iterator<RowHead>, AutoCloseable {

    private final ShardRows<RowHead> rows;

    private ShardHeads(ShardRows<RowHead> rows) {
        this.rows = rows;
    }

    /** Opens a shard, as {@link ShardReader#open} does. */
    public static ShardHeads open(Path file) {
        return new ShardHeads(ShardRows.open(file, ShardHeads::withoutTokens, Materializer::new));
    }

    /** Opens a shard of a corpus, or what takedowns have made of it. */
    public static ShardHeads open(CorpusFiles files, ShardFile named) {
        return files.open(named, now -> open(files.corpus().file(now)));
    }

    private static MessageType withoutTokens(MessageType all) {
        return new MessageType(
                all.getName(),
                all.getFields().stream()
                        .filter(field -> !field.getName().equals(ShardSchema.TOKENS))
                        .toList());
    }

    /** Rows in the file. */
    public long rows() {
        return rows.rows();
    }

    /** Rows read or skipped so far. */
    public long position() {
        return rows.position();
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public RowHead next() {
        return rows.next();
    }

    /** Passes over rows, as {@link ShardReader#skip} does. */
    public void skip(long count) {
        rows.skip(count);
    }

    @Override
    public void close() {
        rows.close();
    }

    private static final class Materializer extends RecordMaterializer<RowHead> {

        private final RowMaterializer columns = new RowMaterializer(false);

        @Override
        public RowHead getCurrentRecord() {
            ShardRow row = columns.getCurrentRecord();
            return new RowHead(row, columns.tokenCount());
        }

        @Override
        public GroupConverter getRootConverter() {
            return columns.getRootConverter();
        }
    }
}
