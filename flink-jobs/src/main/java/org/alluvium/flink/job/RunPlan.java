package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.deadletter.ReplaySource;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What there is to do for one run of the job: to read the configured sources or, once they have all ended, what was fed back
 * since. The second is a job of its own, whose state lies in a folder of its own; that folder exists from the beginning of
 * such a job until its end is in the log, which is how one that was interrupted is told from the first.
 *
 * @param state where the job's Flink checkpoints lie
 */
record RunPlan(Inputs inputs, Location state, IngestOptions options) {

    private static final String REPLAY_STATE = "replay";
    private static final String BEGUN = "_begun";

    /**
     * Decides; nothing of the corpus but the state of a job that has ended is changed.
     *
     * @return empty if everything has been read
     */
    static Optional<RunPlan> of(AlluviumConfig config, CorpusLayout corpus, IngestOptions options) {
        ShardLog log = StoreShardLog.of(corpus);
        boolean ended = hasEnded(log);
        Location state = FlinkSettings.state(config);
        Location replayState = state.resolve(REPLAY_STATE);
        try {
            if (ended || options.continueCorpus()) {
                StateFiles.delete(replayState);
            }
            boolean endless = config.sources().stream().anyMatch(SourceConfig::follow);
            if (endless || options.continueCorpus() || !(ended || exists(replayState))) {
                return Optional.of(new RunPlan(Inputs.of(config), state, options));
            }
            refuseNewSources(config, log);
            List<String> unread = ReplaySource.unreadFiles(corpus, log);
            if (ended && unread.isEmpty()) {
                return Optional.empty();
            }
            begin(replayState);
            Inputs inputs = Inputs.ofReplay(ReplaySource.ofFiles(corpus, unread), config);
            return Optional.of(new RunPlan(inputs, replayState, new IngestOptions(Optional.empty(), true)));
        } catch (IOException e) {
            throw StorageException.of("prepare the ingest job's state", state.toString(), e);
        }
    }

    /** Of a job that has ended there is no state that a new source could be added to. */
    private static void refuseNewSources(AlluviumConfig config, ShardLog log) {
        Family family = Families.all(log).get(config.corpus().family());
        List<String> added = config.sources().stream()
                .map(SourceConfig::name)
                .filter(name -> family == null || !family.rules().containsKey(Family.SOURCES + name))
                .toList();
        if (!added.isEmpty() && !Families.all(log).isEmpty()) {
            throw new MismatchException(
                    "all sources were read to their end, and sources " + added + " were added to family '"
                            + config.corpus().family() + "' since",
                    "log",
                    "Start once with --continue-corpus and the new sources alone; texts that are in the corpus are then accepted"
                            + " again. Sources with follow: true can be added at any time");
        }
    }

    /** The last commit of bounded sources says so; Flink's own state of a finished job is gone by then. */
    private static boolean hasEnded(ShardLog log) {
        for (long sequence = log.lastSequence().orElse(-1); sequence >= 0; sequence--) {
            if (log.read(sequence) instanceof LogEntry.Commit commit) {
                return commit.endOfInput();
            }
        }
        return false;
    }

    /** Folders of an object store exist by what is in them. */
    private static void begin(Location folder) throws IOException {
        Path marker = new Path(new Path(folder.toUri()), BEGUN);
        marker.getFileSystem().mkdirs(marker.getParent());
        marker.getFileSystem().create(marker, FileSystem.WriteMode.OVERWRITE).close();
    }

    private static boolean exists(Location place) throws IOException {
        Path path = new Path(place.toUri());
        return path.getFileSystem().exists(path);
    }

    static void deleteTree(java.nio.file.Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<java.nio.file.Path> deepestFirst;
            try (Stream<java.nio.file.Path> tree = Files.walk(folder)) {
                deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            }
            for (java.nio.file.Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
