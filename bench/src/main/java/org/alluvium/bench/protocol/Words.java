package org.alluvium.bench.protocol;

import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.shard.ShardFile;

/** Entries in few words, for traces. */
final class Words {

    private Words() {}

    static String of(LogEntry entry) {
        return entry.sequence() + ":"
                + switch (entry) {
                    case LogEntry.Fence fence -> "fence of epoch " + fence.writerEpoch();
                    case LogEntry.Commit commit ->
                        "commit of checkpoint " + commit.flinkCheckpointId() + " "
                                + commit.shards().stream().map(ShardFile::path).toList() + " by epoch "
                                + commit.writerEpoch();
                    case LogEntry.Takedown taken -> "takedown of " + taken.selectors();
                    case LogEntry.Rewrite rewrite ->
                        "rewrite of " + rewrite.shards().keySet() + " through " + rewrite.through();
                };
    }
}
