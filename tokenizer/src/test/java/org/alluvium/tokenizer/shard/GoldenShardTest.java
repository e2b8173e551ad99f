package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.Test;

/**
 * A shard of the first release, kept for ever: every later version must read it as it was written. Made by writing the rows
 * below; never to be made again.
 */
class GoldenShardTest {

    private static final Path FILE = Path.of("src/test/resources/org/alluvium/tokenizer/shard/golden-v1.parquet");
    private static final long BYTES = 6_111;
    private static final String DIGEST = "e3098d84b00d7a128ad0a21e5e17d5e7b8c1346540e3d918e4626f042cda11d3";
    private static final List<ShardRow> ROWS = Rows.random(40, 30, 2026);

    @Test
    void theFirstReleasesShardIsReadAsItWasWritten() throws IOException {
        try (ShardReader reader = ShardReader.open(FILE)) {
            assertThat(reader.metadata()).isEqualTo(Rows.METADATA);
            Rows.assertSame(Rows.read(reader), ROWS);
        }
        assertThat(Sha256.of(FILE)).isEqualTo(DIGEST);
    }

    @Test
    void itIsStillWhatTheLogSaidOfIt() {
        long tokens = ROWS.stream().mapToLong(ShardRow::tokenCount).sum();
        Map<String, Long> sources = Map.of("source-0", 14L, "source-1", 13L, "source-2", 13L);
        long min = ROWS.stream().mapToLong(ShardRow::eventTimeMillis).min().orElseThrow();
        long max = ROWS.stream().mapToLong(ShardRow::eventTimeMillis).max().orElseThrow();
        ShardVerifier.verify(
                FILE, new ShardFile("shards/golden.parquet", 40, tokens, BYTES, DIGEST, sources, min, max));
    }
}
