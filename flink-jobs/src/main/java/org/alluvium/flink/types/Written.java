package org.alluvium.flink.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.DeadLetterFile;
import org.alluvium.contracts.shard.ShardFile;

/**
 * What one shard writer has closed between two checkpoint barriers. The files are whole and durable, but do not exist as
 * far as anybody else is concerned: that is for the committer to say.
 *
 * @param shards in the order in which their rows arrived
 * @param deadLetters in the order in which they were written
 * @param positions origin of the last record that was read, by source and parser
 * @param funnel the records in these files, the duplicates among them, and what the parsers say they have read
 */
public record Written(
        List<ShardFile> shards, List<DeadLetterFile> deadLetters, Map<String, String> positions, Funnel funnel) {

    public static final Written NOTHING = new Written(List.of(), List.of(), Map.of(), Funnel.EMPTY);

    public Written {
        shards = List.copyOf(shards);
        deadLetters = List.copyOf(deadLetters);
        positions = Map.copyOf(positions);
    }

    /** This followed by the other; of two positions with one name the other's counts. */
    public Written plus(Written other) {
        List<ShardFile> allShards = new ArrayList<>(shards);
        allShards.addAll(other.shards);
        List<DeadLetterFile> allLetters = new ArrayList<>(deadLetters);
        allLetters.addAll(other.deadLetters);
        Map<String, String> allPositions = new HashMap<>(positions);
        allPositions.putAll(other.positions);
        return new Written(allShards, allLetters, allPositions, funnel.plus(other.funnel));
    }

    /** Whether there is nothing to publish. */
    public boolean isEmpty() {
        return equals(NOTHING);
    }
}
