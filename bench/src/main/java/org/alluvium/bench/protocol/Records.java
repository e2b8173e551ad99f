package org.alluvium.bench.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.TakenOut;

/** Records by their numbers, from 1 on, as the documents that the program knows. */
final class Records {

    static final Family FAMILY = new Family(Family.MAIN, "t", true, false, new TreeMap<>());
    private static final ContentHash HASH = new ContentHash(0, 0);

    private Records() {}

    static Selector selector(int record) {
        return new Selector.Id("d" + record, Optional.empty());
    }

    /** Whether a record is out; a hole is nothing that could be. */
    static boolean has(TakenOut out, int record) {
        return record != Files.HOLE && out.has("d" + record, "s", Optional.empty(), HASH);
    }

    /** Paths that entries name. */
    static Set<String> named(Log log) {
        Set<String> named = new TreeSet<>();
        for (LogEntry entry : log.entries()) {
            switch (entry) {
                case LogEntry.Commit commit -> named.addAll(paths(commit.shards()));
                case LogEntry.Rewrite rewrite ->
                    named.addAll(paths(List.copyOf(rewrite.shards().values())));
                case LogEntry.Fence fence -> {}
                case LogEntry.Takedown takedown -> {}
            }
        }
        return named;
    }

    static List<String> paths(List<ShardFile> files) {
        return files.stream().map(ShardFile::path).toList();
    }
}
