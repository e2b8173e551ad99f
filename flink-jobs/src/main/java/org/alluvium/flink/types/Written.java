package org.alluvium.flink.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.ShardFile;

/**
 * What one shard writer has closed between two checkpoint barriers. The files are whole and durable, but do not exist as
 * far as anybody else is concerned: that is for the committer to say.
 *
 * @param shards in the order in which their rows arrived
 * @param deadLetters in the order in which they were written
 * @param rejects in the order in which they were written
 * @param changes in the order in which they were written
 * @param mixture how often the documents of each source are trained on
 * @param positions how far the sources were read since the barrier before, by the names of {@link
 *     org.alluvium.contracts.log.LogEntry.Commit#sourcePositions}
 * @param funnel the records in these files, those that are in none, and what the readers say they have read
 * @param ages of the documents in the shards
 * @param tokens what these documents came to
 * @param takedowns sequence of the newest takedown that the writer knew when it began with all this; documents of later ones may
 *     be in the files
 */
public record Written(
        List<ShardFile> shards,
        List<RecordFile> deadLetters,
        List<RecordFile> rejects,
        List<RecordFile> changes,
        List<MixtureShare> mixture,
        Map<String, SourcePosition> positions,
        Funnel funnel,
        Ages ages,
        TextTokens tokens,
        long takedowns) {

    /** Of what no document is in, the takedowns that are known. */
    private static final long ALL_KNOWN = Long.MAX_VALUE;

    /** No takedown was known. */
    public static final long NONE_KNOWN = -1;

    public static final Written NOTHING = new Written(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Funnel.EMPTY,
            Ages.NONE,
            TextTokens.NONE,
            ALL_KNOWN);

    public Written {
        shards = List.copyOf(shards);
        deadLetters = List.copyOf(deadLetters);
        rejects = List.copyOf(rejects);
        changes = List.copyOf(changes);
        mixture = List.copyOf(mixture);
        positions = Map.copyOf(positions);
    }

    /** This followed by the other; of two positions with one name the other's is the later. */
    public Written plus(Written other) {
        Map<String, SourcePosition> allPositions = new HashMap<>(positions);
        other.positions.forEach((source, position) -> allPositions.merge(source, position, SourcePosition::then));
        return new Written(
                concat(shards, other.shards),
                concat(deadLetters, other.deadLetters),
                concat(rejects, other.rejects),
                concat(changes, other.changes),
                MixtureShare.sum(concat(mixture, other.mixture)),
                allPositions,
                funnel.plus(other.funnel),
                ages.plus(other.ages),
                tokens.plus(other.tokens),
                Math.min(takedowns, other.takedowns));
    }

    /** The same by a writer that knew takedowns up to an entry of the log. */
    public Written knowing(long takedown) {
        return new Written(shards, deadLetters, rejects, changes, mixture, positions, funnel, ages, tokens, takedown);
    }

    private static <T> List<T> concat(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Whether there is nothing to publish. */
    public boolean isEmpty() {
        return knowing(ALL_KNOWN).equals(NOTHING);
    }
}
