package org.alluvium.dashboard.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * The first shards of a recorded run's corpus, of {@value #ROWS} rows; the rest are not there, as in a copy of a part. The first
 * has the documents of the first 40 steps, the fourth to sixth those after them.
 */
record RecordedShards(CorpusLayout corpus, Vocabulary vocabulary) {

    static final int ROWS = 70;
    static final int TOKENS = 12;

    /** The number of the first document of each. */
    private static final List<Integer> FIRST = List.of(1, 1_001, 1_071, 41, 111, 181);

    void write() {
        for (int shard = 0; shard < FIRST.size(); shard++) {
            write(corpus.resolve("shards/" + (shard + 1) + ".parquet"), FIRST.get(shard));
        }
    }

    private void write(Path file, int first) {
        ShardMetadata metadata = new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION, vocabulary.digest(), "b".repeat(64), "0.1.0-test", true, false);
        try (ShardWriter writer = ShardWriter.open(file, metadata)) {
            for (int number = first; number < first + ROWS; number++) {
                writer.write(row(number));
            }
            writer.finish("shards/" + file.getFileName());
        }
    }

    private ShardRow row(int number) {
        int[] ids = new Random(number).ints(TOKENS, 3, vocabulary.size()).toArray();
        return new ShardRow(
                "document-" + number,
                number % 3 == 0 ? "books" : "web",
                "<b>part</b>-0.jsonl@" + number,
                Optional.of("https://example.org/" + number),
                1_700_000_000_000L + number,
                OptionalLong.empty(),
                Optional.of("en"),
                0.25f,
                new ContentHash(number, number),
                1,
                ids,
                40);
    }
}
