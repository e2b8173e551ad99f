package org.alluvium.dashboard.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * How often tokens come in the newest shards.
 *
 * @param counts by id
 * @param tokens that were counted
 * @param shards that they are in
 */
public record TokenCounts(List<Long> counts, long tokens, long shards) {

    private static final long MOST_TOKENS = 4_000_000;

    /**
     * Counts them from the newest shard back, until there are {@value #MOST_TOKENS}; shards that are not there, and families of
     * another vocabulary, are passed over.
     *
     * @throws org.alluvium.contracts.error.MismatchException if a shard was made with another vocabulary
     */
    public static TokenCounts newest(CorpusLayout corpus, Vocabulary vocabulary) {
        StoreShardLog log = StoreShardLog.of(corpus);
        CorpusFiles files = new CorpusFiles(corpus);
        long[] counts = new long[vocabulary.size()];
        long tokens = 0;
        long shards = 0;
        for (long sequence = log.lastSequence().orElse(-1); sequence >= 0 && tokens < MOST_TOKENS; sequence--) {
            if (log.read(sequence) instanceof LogEntry.Commit commit
                    && Families.isMadeWith(vocabulary.digest(), log, commit)) {
                for (ShardFile shard : commit.shards().reversed()) {
                    Path file = files.file(shard);
                    if (tokens < MOST_TOKENS && Files.isRegularFile(file)) {
                        tokens += count(file, vocabulary, counts, MOST_TOKENS - tokens);
                        shards++;
                    }
                }
            }
        }
        return new TokenCounts(Arrays.stream(counts).boxed().toList(), tokens, shards);
    }

    /** Counts at most so many, to the end of a document, and returns how many. */
    private static long count(Path file, Vocabulary vocabulary, long[] counts, long most) {
        long counted = 0;
        try (ShardReader reader = ShardReader.open(file)) {
            reader.requireTokenizer(vocabulary);
            while (reader.hasNext() && counted < most) {
                for (int id : reader.next().inputIds()) {
                    if (id >= 0 && id < counts.length) {
                        counts[id]++;
                        counted++;
                    }
                }
            }
        }
        return counted;
    }
}
