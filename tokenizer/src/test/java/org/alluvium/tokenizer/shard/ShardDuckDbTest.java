package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB reads what we write, and finds in it what we put there. */
class ShardDuckDbTest {

    private final List<ShardRow> rows = Rows.random(3000, 100, 17);

    @TempDir
    private Path folder;

    private ShardFile facts;
    private String table;

    @BeforeEach
    void writeOne() {
        Path file = folder.resolve("a.parquet");
        try (ShardWriter writer = ShardWriter.open(file, Rows.METADATA)) {
            rows.forEach(writer::write);
            facts = writer.finish("shards/a.parquet");
        }
        table = "'" + file + "'";
    }

    @Test
    void countsAndSumsAreTheSame() throws SQLException {
        query(
                "select count(*), sum(token_count), sum(len(input_ids)), sum(text_bytes), min(epoch_ms(event_time)),"
                        + " max(epoch_ms(event_time)) from " + table,
                found -> {
                    assertThat(found.next()).isTrue();
                    assertThat(found.getLong(1)).isEqualTo(facts.rows());
                    assertThat(found.getLong(2)).isEqualTo(facts.tokens());
                    assertThat(found.getLong(3)).isEqualTo(facts.tokens());
                    assertThat(found.getLong(4)).isEqualTo(4 * facts.tokens());
                    assertThat(found.getLong(5)).isEqualTo(facts.minEventTimeMillis());
                    assertThat(found.getLong(6)).isEqualTo(facts.maxEventTimeMillis());
                });
    }

    @Test
    void everyValueOfEveryRowIsTheSame() throws SQLException {
        query(
                "select *, lower(hex(content_hash)), epoch_ms(event_time), epoch_ms(ingest_time) from " + table,
                found -> {
                    for (ShardRow row : rows) {
                        assertThat(found.next()).isTrue();
                        assertThat(found.getString("document_id")).isEqualTo(row.documentId());
                        assertThat(found.getString("source")).isEqualTo(row.source());
                        assertThat(found.getString("origin")).isEqualTo(row.origin());
                        assertThat(found.getString("url")).isEqualTo(row.url().orElse(null));
                        assertThat(found.getString("language"))
                                .isEqualTo(row.language().orElse(null));
                        assertThat(found.getFloat("quality")).isEqualTo(row.quality());
                        assertThat(found.getInt("repeat")).isEqualTo(row.repeat());
                        assertThat(found.getLong("text_bytes")).isEqualTo(row.textBytes());
                        assertThat(ids(found.getArray("input_ids"))).isEqualTo(row.inputIds());
                        assertThat(found.getString(15))
                                .isEqualTo(row.contentHash().toString());
                        assertThat(found.getLong(16)).isEqualTo(row.eventTimeMillis());
                        assertThat(found.getLong(17))
                                .isEqualTo(row.ingestTimeMillis().orElseThrow());
                    }
                    assertThat(found.next()).isFalse();
                });
    }

    @Test
    void theTypesAreThoseOfTheSpecification() throws SQLException {
        Map<String, String> types = new HashMap<>();
        query("describe select * from " + table, found -> {
            while (found.next()) {
                types.put(found.getString(1), found.getString(2));
            }
        });
        assertThat(types)
                .containsEntry("input_ids", "INTEGER[]")
                .containsEntry("event_time", "TIMESTAMP WITH TIME ZONE")
                .containsEntry("content_hash", "BLOB")
                .containsEntry("document_id", "VARCHAR")
                .containsEntry("text_bytes", "BIGINT")
                .containsEntry("ingest_time", "TIMESTAMP WITH TIME ZONE")
                .containsEntry("seal", "BLOB")
                .hasSize(14);
    }

    @Test
    void theMetadataIsThere() throws SQLException {
        Map<String, String> metadata = new HashMap<>();
        query("select decode(key), decode(value) from parquet_kv_metadata(" + table + ")", found -> {
            while (found.next()) {
                metadata.put(found.getString(1), found.getString(2));
            }
        });
        assertThat(metadata)
                .containsEntry("alluvium.schema_version", "3")
                .containsEntry("alluvium.tokenizer_digest", Rows.METADATA.tokenizerDigest())
                .containsEntry("alluvium.filter_digest", Rows.METADATA.filterDigest())
                .containsEntry("alluvium.code_version", Rows.METADATA.codeVersion())
                .containsEntry("alluvium.add_bos", "true")
                .containsEntry("alluvium.add_eos", "false");
    }

    private static int[] ids(Array array) throws SQLException {
        Object[] values = (Object[]) array.getArray();
        return IntStream.range(0, values.length).map(i -> (Integer) values[i]).toArray();
    }

    private static void query(String sql, Check check) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            check.accept(found);
        }
    }

    private interface Check {
        void accept(ResultSet found) throws SQLException;
    }
}
