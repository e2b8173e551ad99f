package org.alluvium.dashboard.sql;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;

/**
 * Statements for DuckDB that read a run or a corpus where it is: views to ask, and a first question each.
 *
 * @param text of the statements, each ending in a semicolon
 */
public record Sql(String text) {

    /** The steps of a run, as charts show them: without those that were undone. */
    public static Sql of(RunLayout run) {
        return new Sql("""
                -- Every event of the run. The last line of a live run may be half written, and is passed over.
                CREATE OR REPLACE TEMP VIEW event AS
                SELECT row_number() OVER () AS line, json->>'type' AS type,
                    (json->>'step')::BIGINT AS step, (json->>'toStep')::BIGINT AS to_step, json
                FROM read_ndjson_objects('%s', ignore_errors = true);

                -- Steps, each with all of its figures in json. A process that goes on from a checkpoint (resume) and a guard that
                -- goes back (spike, with toStep) undo the steps after it; a step that comes again replaces the former.
                CREATE OR REPLACE TEMP TABLE step AS
                SELECT step, (json->>'tokens')::BIGINT AS tokens, (json->>'time')::TIMESTAMPTZ AS time,
                    (json->>'loss')::DOUBLE AS loss, json
                FROM (
                    SELECT *, min(CASE type WHEN 'step' THEN step WHEN 'resume' THEN step + 1 WHEN 'spike' THEN to_step + 1 END)
                        OVER (ORDER BY line ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS undone_from
                    FROM event)
                WHERE type = 'step' AND (undone_from IS NULL OR step < undone_from);

                -- Loss per step; other figures in the same way, such as json->>'gradNorm'.
                SELECT step, tokens, time, loss FROM step ORDER BY step;
                """.formatted(quoted(run.events().toString())));
    }

    /** The documents of a corpus, wherever it lies: rows of the shards that its log names. */
    public static Sql of(CorpusLayout corpus) {
        return new Sql(corpus.service()
                        .map(s3 -> secret(s3, corpus.location().toString()))
                        .orElse("")
                + """
                -- Shards that the log names: in commits, and as what has taken their place since documents were taken down.
                -- A file that it does not name is no part of the corpus.
                CREATE OR REPLACE TEMP VIEW shard AS
                SELECT unnest(list_concat(
                    json_extract_string(json, '$.entry.shards[*].path'),
                    json_extract_string(json, '$.entry.shards.*.path'))) AS path
                FROM read_json_objects('%s');

                -- Their documents, each with its tokens in input_ids; not the places of those that were taken down.
                CREATE OR REPLACE TEMP VIEW document AS
                SELECT * FROM read_parquet('%s', filename = 'shard')
                WHERE parse_filename(shard) IN (SELECT parse_filename(path) FROM shard) AND token_count > 0;

                -- Documents and tokens by source.
                SELECT source, count(*) AS documents, sum(token_count) AS tokens, sum(text_bytes) AS bytes
                FROM document GROUP BY source ORDER BY tokens DESC;
                """.formatted(
                        quoted(corpus.location() + "/log/*.json"), quoted(corpus.location() + "/shards/*.parquet")));
    }

    /**
     * How DuckDB reaches the bucket. The statements go through browsers and clipboards, so no credential is in them: DuckDB looks
     * for one where Amazon's clients look.
     */
    private static String secret(S3Config s3, String scope) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("TYPE", "s3");
        parameters.put("PROVIDER", "credential_chain");
        parameters.put("SCOPE", literal(scope));
        parameters.put("REGION", literal(s3.region()));
        s3.endpoint().map(URI::create).ifPresent(endpoint -> {
            parameters.put("ENDPOINT", literal(endpoint.getRawAuthority()));
            parameters.put("USE_SSL", Boolean.toString("https".equals(endpoint.getScheme())));
        });
        if (s3.pathStyle()) {
            parameters.put("URL_STYLE", literal("path"));
        }
        return """
                -- The bucket. Credentials are looked for in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in ~/.aws, and in the role of
                -- the machine. The secret lasts as long as the session.
                INSTALL httpfs; LOAD httpfs;
                INSTALL aws; LOAD aws;
                CREATE OR REPLACE TEMPORARY SECRET alluvium (%s);

                """.formatted(parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                .collect(Collectors.joining(", ")));
    }

    private static String literal(String text) {
        return "'" + quoted(text) + "'";
    }

    private static String quoted(String path) {
        return path.replace("'", "''");
    }
}
