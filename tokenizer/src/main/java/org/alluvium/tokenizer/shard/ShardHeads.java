package org.alluvium.tokenizer.shard;

import java.nio.file.Path;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a shard in file order without their tokens, which are nearly all of its bytes.
 */
public final class ShardHeads {

    private ShardHeads() {}

    /** Opens a shard, as {@link ShardReader#open} does. */
    public static ShardRows<RowHead> open(Path file) {
        return ShardRows.open(file, ShardHeads::withoutTokens, Materializer::new);
    }

    /** Opens a shard of a corpus, or what takedowns have made of it. */
    public static ShardRows<RowHead> open(CorpusFiles files, ShardFile named) {
        return files.open(named, now -> open(files.corpus().file(now)));
    }

    private static MessageType withoutTokens(MessageType all) {
        return new MessageType(
                all.getName(),
                all.getFields().stream()
                        .filter(field -> !field.getName().equals(ShardSchema.TOKENS))
                        .toList());
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
