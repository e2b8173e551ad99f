package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A shard of every version of the row schema, kept for ever: every later version must read it as it was written. Made by
 * writing the rows below; never to be made again.
 */
class GoldenShardTest {

    private static final Path FOLDER = Path.of("src/test/resources/org/alluvium/tokenizer/shard");
    private static final List<ShardRow> ROWS = Rows.random(40, 30, 2026);

    /** Version 1 had no time of ingest. */
    private static final List<ShardRow> ROWS_WITHOUT_INGEST_TIMES =
            ROWS.stream().map(GoldenShardTest::withoutIngestTime).toList();

    /** Version 3 seals rows. One of them was taken down. */
    private static final List<ShardRow> SEALED = Rows.sealed(ROWS, 7);

    /** What is known of a sample besides its rows. */
    enum Sample {
        V1(1, 6_111, "e3098d84b00d7a128ad0a21e5e17d5e7b8c1346540e3d918e4626f042cda11d3", ""),
        V2(2, 6_415, "262a8e471d8a7368f714a0dd01ff3f831bdf7282a56c966d06488d069e3ff15a", ""),
        V3(
                3,
                7_263,
                "2d9ef80cfde24e0680ea029d38c2de35bf6c9392807e56c2b582ee0c1929833f",
                "80ab34fef6c64f6edb7d36b77b330b08833fc5d395f0bb64479f3f967a33def7");

        private final int version;
        private final long bytes;
        private final String digest;
        private final String rowsRoot;

        Sample(int version, long bytes, String digest, String rowsRoot) {
            this.version = version;
            this.bytes = bytes;
            this.digest = digest;
            this.rowsRoot = rowsRoot;
        }

        List<ShardRow> rows() {
            return switch (this) {
                case V1 -> ROWS_WITHOUT_INGEST_TIMES;
                case V2 -> ROWS;
                case V3 -> SEALED;
            };
        }

        Path file() {
            return FOLDER.resolve("golden-v" + version + ".parquet");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aShardIsReadAsItWasWritten(Sample sample) throws IOException {
        try (ShardReader reader = ShardReader.open(sample.file())) {
            assertThat(reader.metadata())
                    .isEqualTo(new ShardMetadata(
                            sample.version, "a".repeat(64), "b".repeat(64), "0.1.0-test", true, false));
            Rows.assertSame(Rows.read(reader), sample.rows());
        }
        assertThat(Sha256.of(sample.file())).isEqualTo(sample.digest);
    }

    @ParameterizedTest
    @EnumSource
    void itIsStillWhatTheLogSaidOfIt(Sample sample) {
        long tokens = sample.rows().stream().mapToLong(ShardRow::tokenCount).sum();
        Map<String, Long> sources = Map.of("source-0", 14L, "source-1", 13L, "source-2", 13L);
        long min = ROWS.stream().mapToLong(ShardRow::eventTimeMillis).min().orElseThrow();
        long max = ROWS.stream().mapToLong(ShardRow::eventTimeMillis).max().orElseThrow();
        ShardVerifier.verify(
                sample.file(),
                new ShardFile(
                        "shards/golden.parquet",
                        40,
                        tokens,
                        sample.bytes,
                        sample.digest,
                        sources,
                        min,
                        max,
                        Optional.of(sample.rowsRoot).filter(root -> !root.isEmpty())));
    }

    @Test
    void theVersionThatIsWrittenHasASample() {
        assertThat(Sample.values()[Sample.values().length - 1].version).isEqualTo(ShardMetadata.SCHEMA_VERSION);
    }

    private static ShardRow withoutIngestTime(ShardRow row) {
        return new ShardRow(
                row.documentId(),
                row.source(),
                row.origin(),
                row.url(),
                row.eventTimeMillis(),
                OptionalLong.empty(),
                row.language(),
                row.quality(),
                row.contentHash(),
                row.repeat(),
                row.inputIds(),
                row.textBytes());
    }
}
