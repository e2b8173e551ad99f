package org.alluvium.tokenizer.shard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.shard.RowSeal;
import org.alluvium.contracts.shard.ShardRow;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Puts rows together from Parquet's column values; the mirror image of {@link RowWriteSupport}. */
final class RowMaterializer extends RecordMaterializer<ShardRow> {

    private final Text documentId = new Text();
    private final Text source = new Text();
    private final Text origin = new Text();
    private final Text url = new Text();
    private final Numeric eventTime = new Numeric();
    private final Text language = new Text();
    private final Numeric quality = new Numeric();
    private final Hash contentHash = new Hash();
    private final Numeric repeat = new Numeric();
    private final Ids inputIds = new Ids();
    private final Numeric tokenCount = new Numeric();
    private final Numeric textBytes = new Numeric();
    private final OptionalTime ingestTime = new OptionalTime();
    private final Seal seal = new Seal();
    private final Root root;

    /** Of rows with their tokens. */
    RowMaterializer() {
        this(true);
    }

    /** @param tokens whether the columns have the tokens among them; without, all rows have none */
    RowMaterializer(boolean tokens) {
        List<Converter> columns = new ArrayList<>(List.of(
                documentId,
                source,
                origin,
                url,
                eventTime,
                language,
                quality,
                contentHash,
                repeat,
                inputIds,
                tokenCount,
                textBytes,
                ingestTime,
                seal));
        if (!tokens) {
            columns.remove(inputIds);
        }
        root = new Root(columns);
        inputIds.isRead = tokens;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    /** Tokens that the row says it has. */
    int tokenCount() {
        return (int) tokenCount.int64;
    }

    /** The row; a fresh array of ids each time. */
    @Override
    public ShardRow getCurrentRecord() {
        if (inputIds.isRead && tokenCount.int64 != inputIds.count) {
            throw new IllegalStateException("document " + documentId.value + " has " + inputIds.count
                    + " ids where its row says " + tokenCount.int64);
        }
        return new ShardRow(
                documentId.value,
                source.value,
                origin.value,
                Optional.ofNullable(url.value),
                eventTime.int64,
                ingestTime.value,
                Optional.ofNullable(language.value),
                quality.float32,
                contentHash.value,
                (int) repeat.int64,
                Arrays.copyOf(inputIds.ids, inputIds.count),
                textBytes.int64,
                seal.value);
    }

    /** The children in the order of the columns that are read. */
    private final class Root extends GroupConverter {

        private final List<Converter> children;

        Root(List<Converter> children) {
            this.children = children;
        }

        @Override
        public Converter getConverter(int field) {
            return children.get(field);
        }

        /** Optional columns say nothing where they have no value, so what the last row left is cleared. */
        @Override
        public void start() {
            url.value = null;
            language.value = null;
            ingestTime.value = OptionalLong.empty();
            seal.value = Optional.empty();
        }

        @Override
        public void end() {}
    }

    /** A string; values of a dictionary are made once per dictionary. */
    private static final class Text extends PrimitiveConverter {

        private String[] dictionary = {};
        private String value;

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary values) {
            dictionary = new String[values.getMaxId() + 1];
            for (int id = 0; id < dictionary.length; id++) {
                dictionary[id] = values.decodeToBinary(id).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            value = dictionary[id];
        }

        @Override
        public void addBinary(Binary binary) {
            value = binary.toStringUsingUTF8();
        }
    }

    private static final class Numeric extends PrimitiveConverter {

        private long int64;
        private float float32;

        @Override
        public void addInt(int value) {
            int64 = value;
        }

        @Override
        public void addLong(long value) {
            int64 = value;
        }

        @Override
        public void addFloat(float value) {
            float32 = value;
        }
    }

    private static final class OptionalTime extends PrimitiveConverter {

        private OptionalLong value = OptionalLong.empty();

        @Override
        public void addLong(long time) {
            value = OptionalLong.of(time);
        }
    }

    private static final class Seal extends PrimitiveConverter {

        private Optional<RowSeal> value = Optional.empty();

        @Override
        public void addBinary(Binary binary) {
            String hex = HexFormat.of().formatHex(binary.getBytes());
            value = Optional.of(binary.length() == RowSeal.Leaf.BYTES ? new RowSeal.Leaf(hex) : new RowSeal.Salt(hex));
        }
    }

    private static final class Hash extends PrimitiveConverter {

        private ContentHash value;

        @Override
        public void addBinary(Binary binary) {
            ByteBuffer bytes = binary.toByteBuffer();
            value = new ContentHash(bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + Long.BYTES));
        }
    }

    /** The list: a group of a repeated group of one element, which are flattened here. */
    private static final class Ids extends GroupConverter {

        private final Converter element = new PrimitiveConverter() {
            @Override
            public void addInt(int id) {
                if (count == ids.length) {
                    ids = Arrays.copyOf(ids, 2 * count);
                }
                ids[count++] = id;
            }
        };
        private final GroupConverter list = new GroupConverter() {
            @Override
            public Converter getConverter(int field) {
                return element;
            }

            @Override
            public void start() {}

            @Override
            public void end() {}
        };
        private int[] ids = new int[1024];
        private int count;
        private boolean isRead;

        @Override
        public Converter getConverter(int field) {
            return list;
        }

        @Override
        public void start() {
            count = 0;
        }

        @Override
        public void end() {}
    }
}
