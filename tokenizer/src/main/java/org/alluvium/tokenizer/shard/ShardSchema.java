package org.alluvium.tokenizer.shard;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.shard.RowSeal;
import org.alluvium.contracts.shard.ShardMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * The format of a shard, version {@value ShardMetadata#SCHEMA_VERSION}.
 *
 * <p>A shard is a Parquet file, its pages compressed with Zstandard and guarded by Parquet's CRC-32. One row is one
 * document:
 *
 * <pre>
 * 0  document_id   string                 id of the document
 * 1  source        string                 short name of where it comes from
 * 2  origin        string                 file#record or topic-partition@offset
 * 3  url           string, optional
 * 4  event_time    timestamp[ms, UTC]
 * 5  language      string, optional       BCP 47
 * 6  quality       float                  in [0, 1]; 1 where no classifier ran
 * 7  content_hash  fixed bytes [16]       of the normalized text; big-endian high half, then low half
 * 8  repeat        int32                  how often to train on it, at least 1
 * 9  input_ids     list&lt;int32&gt;            token ids, in Parquet's three-level list form, nothing optional
 * 10 token_count   int32                  length of input_ids, so that counting needs no ids
 * 11 text_bytes    int64                  UTF-8 bytes of the text
 * 12 ingest_time   timestamp[ms, UTC], optional   when ingest read the record
 * 13 seal          binary, optional       of a row its salt, 16 bytes; of a hole what the row's leaf was, 32 bytes
 * </pre>
 *
 * <p>A row whose {@code document_id} and {@code input_ids} are empty is the place of a document that was taken down: of what
 * was there only {@code source}, {@code event_time}, {@code repeat} and the residue of {@code content_hash} modulo 1000 in its high half are kept.
 *
 * <p>Version 2 has no {@code seal}, version 1, which release 0.1.0 wrote, furthermore no {@code ingest_time}; all are read.
 * What a seal is for, {@link RowSeal} and {@link org.alluvium.contracts.shard.RowLeaf} say.
 *
 * <p>The hash is plain fixed-length bytes, which pyarrow reads as {@code fixed_size_binary[16]} and DuckDB as BLOB; 16 bytes
 * a row without the UUID annotation, because not every hash is a valid UUID, and half the size of hexadecimal text.
 *
 * <p>Key-value metadata: {@code alluvium.schema_version}, {@code alluvium.tokenizer_digest},
 * {@code alluvium.filter_digest}, {@code alluvium.code_version}, {@code alluvium.add_bos}, {@code alluvium.add_eos}, as
 * {@link ShardMetadata} explains them; numbers in decimal, truth values as {@code true} and {@code false}. Neither the
 * time of writing nor a name is in a shard: the same rows, written by the same version, are the same bytes; that the salts of a row are drawn is its writer's business.
 */
public final class ShardSchema {

    static final int DOCUMENT_ID = 0;
    static final int SOURCE = 1;
    static final int ORIGIN = 2;
    static final int URL = 3;
    static final int EVENT_TIME = 4;
    static final int LANGUAGE = 5;
    static final int QUALITY = 6;
    static final int CONTENT_HASH = 7;
    static final int REPEAT = 8;
    static final int INPUT_IDS = 9;
    static final int TOKEN_COUNT = 10;
    static final int TEXT_BYTES = 11;
    static final int INGEST_TIME = 12;
    static final int SEAL = 13;

    static final String TOKENS = "input_ids";
    static final String LIST = "list";
    static final String ELEMENT = "element";

    static final MessageType MESSAGE = Types.buildMessage()
            .required(BINARY)
            .as(stringType())
            .named("document_id")
            .required(BINARY)
            .as(stringType())
            .named("source")
            .required(BINARY)
            .as(stringType())
            .named("origin")
            .optional(BINARY)
            .as(stringType())
            .named("url")
            .required(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .named("event_time")
            .optional(BINARY)
            .as(stringType())
            .named("language")
            .required(FLOAT)
            .named("quality")
            .required(FIXED_LEN_BYTE_ARRAY)
            .length(ContentHash.BYTES)
            .named("content_hash")
            .required(INT32)
            .named("repeat")
            .requiredGroup()
            .as(listType())
            .repeatedGroup()
            .required(INT32)
            .named(ELEMENT)
            .named(LIST)
            .named(TOKENS)
            .required(INT32)
            .named("token_count")
            .required(INT64)
            .named("text_bytes")
            .optional(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .named("ingest_time")
            .optional(BINARY)
            .named("seal")
            .named("alluvium_shard");

    private static final MessageType MESSAGE_V1 =
            new MessageType(MESSAGE.getName(), MESSAGE.getFields().subList(0, INGEST_TIME));
    private static final MessageType MESSAGE_V2 =
            new MessageType(MESSAGE.getName(), MESSAGE.getFields().subList(0, SEAL));

    private static final String PREFIX = "alluvium.";
    private static final String SCHEMA_VERSION = PREFIX + "schema_version";
    private static final String TOKENIZER_DIGEST = PREFIX + "tokenizer_digest";
    private static final String FILTER_DIGEST = PREFIX + "filter_digest";
    private static final String CODE_VERSION = PREFIX + "code_version";
    private static final String ADD_BOS = PREFIX + "add_bos";
    private static final String ADD_EOS = PREFIX + "add_eos";

    private ShardSchema() {}

    /** The columns of shards of a version. */
    static MessageType message(int version) {
        return switch (version) {
            case 1 -> MESSAGE_V1;
            case 2 -> MESSAGE_V2;
            default -> MESSAGE;
        };
    }

    static Map<String, String> toKeyValues(ShardMetadata metadata) {
        Map<String, String> keyValues = new LinkedHashMap<>();
        keyValues.put(SCHEMA_VERSION, Integer.toString(metadata.schemaVersion()));
        keyValues.put(TOKENIZER_DIGEST, metadata.tokenizerDigest());
        keyValues.put(FILTER_DIGEST, metadata.filterDigest());
        keyValues.put(CODE_VERSION, metadata.codeVersion());
        keyValues.put(ADD_BOS, Boolean.toString(metadata.addBos()));
        keyValues.put(ADD_EOS, Boolean.toString(metadata.addEos()));
        return keyValues;
    }

    /**
     * The metadata of a file that claims to be a shard.
     *
     * @param file names it in errors
     * @throws DataException if it is a Parquet file but not a shard
     * @throws MismatchException if it was written by a newer version
     */
    static ShardMetadata fromKeyValues(Map<String, String> keyValues, MessageType schema, String file) {
        int version = version(keyValues, file);
        if (!schema.equals(message(version))) {
            throw new DataException(
                    "the columns are not those of a shard:\n" + schema, file, "Restore the file from a copy.");
        }
        return new ShardMetadata(
                version,
                required(keyValues, TOKENIZER_DIGEST, file),
                required(keyValues, FILTER_DIGEST, file),
                required(keyValues, CODE_VERSION, file),
                truth(keyValues, ADD_BOS, file),
                truth(keyValues, ADD_EOS, file));
    }

    private static int version(Map<String, String> keyValues, String file) {
        String version = required(keyValues, SCHEMA_VERSION, file);
        for (int known = 1; known <= ShardMetadata.SCHEMA_VERSION; known++) {
            if (version.equals(Integer.toString(known))) {
                return known;
            }
        }
        throw new MismatchException(
                "the shard has schema version " + version + ", and this Alluvium reads versions up to "
                        + ShardMetadata.SCHEMA_VERSION,
                file,
                "Use the Alluvium version that wrote it, or a newer one.");
    }

    private static boolean truth(Map<String, String> keyValues, String key, String file) {
        String value = required(keyValues, key, file);
        if (!value.equals("true") && !value.equals("false")) {
            throw new DataException(
                    "metadata " + key + " is neither true nor false: " + value, file, "Restore the file from a copy.");
        }
        return Boolean.parseBoolean(value);
    }

    private static String required(Map<String, String> keyValues, String key, String file) {
        String value = keyValues.get(key);
        if (value == null) {
            throw new DataException(
                    "this Parquet file has no metadata " + key + " and is no shard",
                    file,
                    "Keep other files out of the corpus, or restore the file from a copy.");
        }
        return value;
    }
}
