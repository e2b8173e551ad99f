package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.History;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.dashboard.sql.Sql;
import org.alluvium.tokenizer.shard.ShardWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard offers for DuckDB, pasted into it. */
class SqlApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private RunLayout run;
    private CorpusLayout corpus;

    @BeforeEach
    void create() {
        run = new RunLayout(folder.resolve("o'clock")).create();
        corpus = new CorpusLayout(folder.resolve("corpus")).create();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void stepsAreThoseOfTheChartsHoweverOftenARunWentBack(long seed) throws Exception {
        Files.writeString(run.events(), RandomEvents.of(new Random(seed)));
        Files.writeString(run.events(), "{\"time\":\"2026-03-01T22", StandardOpenOption.APPEND);
        List<String> shown = new ArrayList<>();
        String statements;
        try (Answers answers = answers()) {
            JsonNode loss =
                    ask(answers, "/api/points?name=step/loss&points=8192").at("/series/step~1loss");
            for (int i = 0; i < loss.path("x").size(); i++) {
                shown.add(loss.at("/x/" + i).asLong() + " "
                        + loss.at("/value/" + i).asText());
            }
            shown.removeIf(SqlApiTest::isNoNumber);
            statements = ask(answers, "/api/sql?run=main").path("text").asText();
        }
        List<String> found = pasted(statements, row -> row.getLong("step") + " " + row.getObject("loss"));
        found.removeIf(SqlApiTest::isNoNumber);
        assertThat(found).isNotEmpty().isEqualTo(shown);
    }

    private static boolean isNoNumber(String row) {
        return row.matches("\\d+ (null|-?inf|-?Infinity|nan|NaN)");
    }

    @Test
    void documentsAreThoseOfTheShardsThatTheLogNames() throws Exception {
        StoreShardLog log = StoreShardLog.of(corpus);
        log.tryAppend(new LogEntry.Fence(0, 0, "lineage", -1, NOW));
        log.tryAppend(commit(shard("shards/a.parquet", 40)));
        shard("shards/of-nobody.parquet", 7);
        String statements;
        try (Answers answers = answers()) {
            statements = ask(answers, "/api/sql/corpus").path("text").asText();
        }
        assertThat(pasted(
                        statements,
                        row -> row.getString("source") + " " + row.getLong("documents") + " " + row.getLong("tokens")
                                + " " + row.getLong("bytes")))
                .containsExactly("web 40 80 320");

        ShardFile without = shard("shards/a~1.parquet", 39);
        log.tryAppend(new LogEntry.Rewrite(
                2, 0, "lineage", 1, Map.of("shards/a.parquet", without), Map.of(), NOW, History.NONE));
        Files.delete(corpus.resolve("shards/a.parquet"));
        assertThat(pasted(statements, row -> row.getString("source") + " " + row.getLong("documents")))
                .containsExactly("web 39");
    }

    @Test
    void statementsForABucketSayHowItIsReachedAndHoldNoCredential() throws Exception {
        String yaml = """
                corpus: {dir: "s3://bucket/it's", cacheDir: cache}
                s3: {endpoint: "http://localhost:9000", pathStyle: true, accessKey: KEY-ID, secretKeyFile: secret}
                """;
        Files.writeString(folder.resolve("secret"), "SECRET-KEY");
        String text = Sql.of(CorpusLayout.of(ConfigLoader.parse(yaml, "test", folder, List.of())))
                .text();

        assertThat(text)
                .contains("CREATE OR REPLACE TEMPORARY SECRET alluvium (TYPE s3, PROVIDER credential_chain,"
                        + " SCOPE 's3://bucket/it''s', REGION 'us-east-1', ENDPOINT 'localhost:9000', USE_SSL false,"
                        + " URL_STYLE 'path');")
                .contains("read_json_objects('s3://bucket/it''s/log/*.json')")
                .doesNotContain("KEY-ID", "SECRET-KEY", folder.toString());
    }

    private Answers answers() {
        Answers answers = new Answers(
                new DashboardServer.Shown(Map.of("main", run), Optional.of(corpus)), InstantSource.fixed(NOW));
        answers.readOn();
        return answers;
    }

    private static JsonNode ask(Answers answers, String address) throws Exception {
        URI uri = URI.create(address);
        return JSON.readTree(answers.to(uri.getPath(), new Query(uri)).bodyText());
    }

    private ShardFile shard(String path, int documents) {
        ShardMetadata metadata =
                new ShardMetadata(ShardMetadata.SCHEMA_VERSION, "0".repeat(64), "0".repeat(64), "test", true, false);
        try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
            for (int i = 0; i < documents; i++) {
                writer.write(new ShardRow(
                        "document-" + i,
                        "web",
                        "file@" + i,
                        Optional.empty(),
                        NOW.toEpochMilli(),
                        OptionalLong.of(NOW.toEpochMilli()),
                        Optional.empty(),
                        1,
                        new ContentHash(i, i),
                        1,
                        new int[] {1, i},
                        8));
            }
            return writer.finish(path);
        }
    }

    private static LogEntry.Commit commit(ShardFile shard) {
        return new LogEntry.Commit(
                1,
                0,
                "lineage",
                1,
                List.of(shard),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Funnel.EMPTY,
                Optional.empty(),
                Optional.empty(),
                false,
                NOW);
    }

    /** What is told of a row. */
    @FunctionalInterface
    private interface Telling {

        String of(ResultSet row) throws SQLException;
    }

    /** The rows of the last statement. */
    private static List<String> pasted(String statements, Telling telling) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet found = statement.executeQuery(statements)) {
            while (found.next()) {
                rows.add(telling.of(found));
            }
        }
        return rows;
    }
}
