package org.alluvium.bench.peers;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardWriter;

/** A finished corpus of seeded random documents in a folder, and a run of a tiny model over it. */
record SmallRun(Path folder) {

    private static final int DOCUMENTS = 60;
    private static final int LONGEST = 40;

    AlluviumConfig config() {
        return ConfigLoader.parse(
                "{}",
                "test",
                folder,
                List.of(
                        "corpus.dir=" + folder.resolve("corpus"),
                        "model.preset=tiny",
                        "model.context=16",
                        "train.run=" + run().root(),
                        "train.steps=5",
                        "train.batch=2",
                        "train.accumulate=2",
                        "train.shuffleWindow=10",
                        "train.threads=1",
                        "train.optimizer.method=adamw",
                        "train.optimizer.warmupSteps=2",
                        "train.optimizer.decaySteps=2",
                        "train.eval.everySteps=0",
                        "train.eval.sampleEverySteps=0"));
    }

    RunLayout run() {
        return new RunLayout(folder.resolve("run"));
    }

    SmallRun writeCorpus() {
        AlluviumConfig config = config();
        CorpusLayout corpus = CorpusLayout.of(config).create();
        Vocabulary vocabulary = Vocabulary.of(config.tokenizer());
        ShardMetadata metadata = new ShardMetadata(
                ShardMetadata.SCHEMA_VERSION,
                vocabulary.digest(),
                "",
                "test",
                config.tokenizer().addBos(),
                config.tokenizer().addEos());
        String path = "shards/00000000.parquet";
        try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
            documents(vocabulary.size()).forEach(writer::write);
            List<ShardFile> shards = List.of(writer.finish(path));
            StoreShardLog.of(corpus)
                    .tryAppend(new LogEntry.Commit(
                            0,
                            1,
                            "writer",
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
        return this;
    }

    private static List<ShardRow> documents(int vocabulary) {
        Random random = new Random(1);
        List<ShardRow> rows = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            int[] ids = random.ints(1 + random.nextInt(LONGEST), 3, vocabulary).toArray();
            rows.add(new ShardRow(
                    "doc-" + i,
                    "test",
                    "file#" + i,
                    Optional.empty(),
                    1_000_000L,
                    OptionalLong.empty(),
                    Optional.empty(),
                    1,
                    new ContentHash(random.nextLong(), random.nextLong()),
                    1,
                    ids,
                    4L * ids.length));
        }
        return rows;
    }
}
