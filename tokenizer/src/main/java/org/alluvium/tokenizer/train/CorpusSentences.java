package org.alluvium.tokenizer.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.FamilyFollower;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * The lines of a sample of a corpus: of the documents in its published shards those whose id falls, hashed with a seed, into as
 * large a share as was asked for. So it is the same however the documents are spread over shards, and one document at a time is
 * in memory. Texts are decoded from their tokens: what the corpus' vocabulary does not keep is not there to be learned.
 */
public final class CorpusSentences implements SentenceSource {

    private final CorpusFiles files;
    private final Vocabulary vocabulary;
    private final List<ShardFile> shards = new ArrayList<>();
    private final double share;
    private final long seed;

    /**
     * Looks into the log, once: shards that are published later are not part of the sample.
     *
     * @param vocabulary the one that the corpus was made with; shard families of another one are passed over
     * @param documents how many documents to take, about; fewer where there are no more
     */
    public CorpusSentences(CorpusLayout layout, Vocabulary vocabulary, long documents, long seed) {
        this.files = new CorpusFiles(layout);
        this.vocabulary = vocabulary;
        this.seed = seed;
        FamilyFollower families = FamilyFollower.fromStart();
        for (LogEntry entry : StoreShardLog.of(layout).readFrom(0)) {
            families.next(entry);
            if (entry instanceof LogEntry.Commit commit && families.isMadeWith(vocabulary.digest())) {
                shards.addAll(commit.shards());
            }
        }
        long rows = shards.stream().mapToLong(ShardFile::rows).sum();
        this.share = rows == 0 ? 0 : Math.min(1, (double) documents / rows);
    }

    @Override
    public void read(Reader reader) {
        TakenOut out = files.takedowns().out();
        for (ShardFile shard : shards) {
            try (ShardReader rows = ShardReader.open(files, shard)) {
                rows.requireTokenizer(vocabulary);
                while (rows.hasNext()) {
                    ShardRow row = rows.next();
                    if (isSampled(row.documentId()) && !out.has(row) && !read(row, reader)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean read(ShardRow row, Reader reader) {
        byte[] text = vocabulary.decodeBytes(row.inputIds());
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == '\n') {
                if (!reader.accept(text, from, at, 1)) {
                    return false;
                }
                from = at + 1;
            }
        }
        return true;
    }

    private boolean isSampled(String documentId) {
        long hash = seed;
        for (byte part : documentId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ part) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (hash >>> 11) * 0x1p-53 < share;
    }
}
