package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardRoundTripTest {

    @TempDir
    private Path folder;

    @Test
    void rowsComeBackAsTheyWere() {
        ShardMetadata metadata = new ShardMetadata(1, "a".repeat(64), "b".repeat(64), "test", true, false);
        Path file = folder.resolve("x.parquet");
        ShardFile facts;
        try (ShardWriter writer = ShardWriter.open(file, metadata)) {
            for (int i = 0; i < 1000; i++) {
                writer.write(row(i));
            }
            facts = writer.finish("shards/x.parquet");
        }
        ShardVerifier.verify(file, facts);
        try (ShardReader reader = ShardReader.open(file)) {
            assertThat(reader.metadata()).isEqualTo(metadata);
            reader.skip(10);
            assertThat(reader.next()).usingRecursiveComparison().isEqualTo(row(10));
        }
    }

    private static ShardRow row(int i) {
        int[] ids = new int[i % 7];
        for (int k = 0; k < ids.length; k++) {
            ids[k] = i * 31 + k;
        }
        return new ShardRow(
                "id" + i,
                "s" + i % 3,
                "f#" + i,
                Optional.empty(),
                i,
                Optional.of("en"),
                1f,
                new ContentHash(i, ~i),
                1,
                ids,
                i);
    }
}
