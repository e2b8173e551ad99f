package org.alluvium.tokenizer.shard;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.shard.ShardRow;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Feeds rows to Parquet column by column; token ids go from the row's array to the column without being boxed. */
final class RowWriteSupport extends WriteSupport<ShardRow> {

    private final Map<String, String> keyValues;
    private RecordConsumer consumer;

    RowWriteSupport(Map<String, String> keyValues) {
        this.keyValues = keyValues;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet, never called without Hadoop
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private WriteContext context() {
        return new WriteContext(ShardSchema.MESSAGE, keyValues);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(ShardRow row) {
        consumer.startMessage();
        string(ShardSchema.DOCUMENT_ID, row.documentId());
        string(ShardSchema.SOURCE, row.source());
        string(ShardSchema.ORIGIN, row.origin());
        string(ShardSchema.URL, row.url());
        int64(ShardSchema.EVENT_TIME, row.eventTimeMillis());
        string(ShardSchema.LANGUAGE, row.language());
        start(ShardSchema.QUALITY);
        consumer.addFloat(row.quality());
        end(ShardSchema.QUALITY);
        binary(ShardSchema.CONTENT_HASH, Binary.fromConstantByteArray(bytes(row.contentHash())));
        int32(ShardSchema.REPEAT, row.repeat());
        ids(row.inputIds());
        int32(ShardSchema.TOKEN_COUNT, row.tokenCount());
        int64(ShardSchema.TEXT_BYTES, row.textBytes());
        row.ingestTimeMillis().ifPresent(time -> int64(ShardSchema.INGEST_TIME, time));
        row.seal()
                .ifPresent(seal -> binary(
                        ShardSchema.SEAL,
                        Binary.fromConstantByteArray(HexFormat.of().parseHex(seal.hex()))));
        consumer.endMessage();
    }

    private void ids(int[] ids) {
        start(ShardSchema.INPUT_IDS);
        consumer.startGroup();
        if (ids.length > 0) {
            consumer.startField(ShardSchema.LIST, 0);
            for (int id : ids) {
                consumer.startGroup();
                consumer.startField(ShardSchema.ELEMENT, 0);
                consumer.addInteger(id);
                consumer.endField(ShardSchema.ELEMENT, 0);
                consumer.endGroup();
            }
            consumer.endField(ShardSchema.LIST, 0);
        }
        consumer.endGroup();
        end(ShardSchema.INPUT_IDS);
    }

    private void string(int field, Optional<String> value) {
        if (value.isPresent()) {
            string(field, value.get());
        }
    }

    private void string(int field, String value) {
        binary(field, Binary.fromString(value));
    }

    private void binary(int field, Binary value) {
        start(field);
        consumer.addBinary(value);
        end(field);
    }

    private void int32(int field, int value) {
        start(field);
        consumer.addInteger(value);
        end(field);
    }

    private void int64(int field, long value) {
        start(field);
        consumer.addLong(value);
        end(field);
    }

    private void start(int field) {
        consumer.startField(ShardSchema.MESSAGE.getFieldName(field), field);
    }

    private void end(int field) {
        consumer.endField(ShardSchema.MESSAGE.getFieldName(field), field);
    }

    private static byte[] bytes(ContentHash hash) {
        return ByteBuffer.allocate(ContentHash.BYTES)
                .putLong(hash.high())
                .putLong(hash.low())
                .array();
    }
}
