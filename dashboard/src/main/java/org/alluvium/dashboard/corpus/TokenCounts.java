package org.alluvium.dashboard.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * How often tokens come in the newest shards, without what was taken down.
 *
 * @param counts by id
 * @param tokens that were counted
 * @param shards that they are in
 */
public record TokenCounts(List<Long> counts, long tokens, long shards) {

    private static final long MOST_TOKENS = 4_000_000;
    private static final int[] NONE = {};

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
                    if (tokens < MOST_TOKENS) {
                        OptionalLong counted = count(files, shard, vocabulary, counts, MOST_TOKENS - tokens);
                        tokens += counted.orElse(0);
                        shards += counted.isPresent() ? 1 : 0;
                    }
                }
            }
        }
        return new TokenCounts(Arrays.stream(counts).boxed().toList(), tokens, shards);
    }

    /** Counts at most so many, to the end of a document, and returns how many; empty if the shard is not there. */
    private static OptionalLong count(
            CorpusFiles files, ShardFile shard, Vocabulary vocabulary, long[] counts, long most) {
        long counted = 0;
        TakenOut out = files.takedowns().out();
        try (ShardReader reader = ShardReader.open(files, shard)) {
            reader.requireTokenizer(vocabulary);
            while (reader.hasNext() && counted < most) {
                ShardRow row = reader.next();
                for (int id : out.has(row) ? NONE : row.inputIds()) {
                    if (id >= 0 && id < counts.length) {
                        counts[id]++;
                        counted++;
                    }
                }
            }
        } catch (UnavailableException gone) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(counted);
    }
}
