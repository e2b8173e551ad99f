package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.shard.RowSeal;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;

/** Rows for tests, the same for the same seed. */
final class Rows {

    static final ShardMetadata METADATA =
            new ShardMetadata(ShardMetadata.SCHEMA_VERSION, "a".repeat(64), "b".repeat(64), "0.1.0-test", true, false);

    private static final int[] NO_IDS = {};

    private Rows() {}

    static List<ShardRow> random(int count, int maxTokens, long seed) {
        Random random = new Random(seed);
        List<ShardRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(
                    row(i, random.ints(random.nextInt(maxTokens + 1), 0, 16_000).toArray(), random));
        }
        return rows;
    }

    private static ShardRow row(int number, int[] ids, Random random) {
        return new ShardRow(
                "document-" + number,
                "source-" + number % 3,
                "in/file-ä.jsonl#" + number,
                random.nextBoolean() ? Optional.of("https://example.org/" + number) : Optional.empty(),
                1_700_000_000_000L + random.nextInt(1_000_000),
                OptionalLong.of(1_800_000_000_000L + number),
                random.nextInt(4) > 0 ? Optional.of("de") : Optional.empty(),
                random.nextFloat(),
                new ContentHash(random.nextLong(), random.nextLong()),
                1 + random.nextInt(3),
                ids,
                4L * ids.length);
    }

    /** The same rows, which a root can commit to, one of them as a hole. */
    static List<ShardRow> sealed(List<ShardRow> rows, int hole) {
        Random random = new Random(6962);
        List<ShardRow> sealed = new ArrayList<>();
        for (ShardRow row : rows) {
            ShardRow whole = row.sealed(RowSeal.Salt.draw(random));
            sealed.add(sealed.size() == hole ? whole.hole() : whole);
        }
        return sealed;
    }

    static List<ShardRow> read(ShardReader reader) {
        List<ShardRow> rows = new ArrayList<>();
        reader.forEachRemaining(rows::add);
        return rows;
    }

    static void assertSame(List<ShardRow> found, List<ShardRow> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).inputIds()).isEqualTo(expected.get(i).inputIds());
            assertThat(withoutIds(found.get(i))).isEqualTo(withoutIds(expected.get(i)));
        }
    }

    /** Records compare arrays by identity, so both sides get the same one. */
    private static ShardRow withoutIds(ShardRow row) {
        return new ShardRow(
                row.documentId(),
                row.source(),
                row.origin(),
                row.url(),
                row.eventTimeMillis(),
                row.ingestTimeMillis(),
                row.language(),
                row.quality(),
                row.contentHash(),
                row.repeat(),
                NO_IDS,
                row.textBytes(),
                row.seal());
    }
}
