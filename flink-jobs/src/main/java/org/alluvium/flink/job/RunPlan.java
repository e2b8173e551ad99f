package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.deadletter.ReplaySource;

/**
 * What there is to do for one run of the job: to read the configured sources or, once they have all ended, what was fed back
 * since. The second is a job of its own, whose state lies in a folder of its own; that folder exists from the beginning of
 * such a job until its end is in the log, which is how one that was interrupted is told from the first.
 *
 * @param state folder of the job's Flink checkpoints
 */
record RunPlan(Inputs inputs, Path state, IngestOptions options) {

    private static final String REPLAY_STATE = "replay";

    /**
     * Decides; nothing of the corpus but the state of a job that has ended is changed.
     *
     * @return empty if everything has been read
     */
    static Optional<RunPlan> of(AlluviumConfig config, CorpusLayout corpus, IngestOptions options) {
        ShardLog log = StoreShardLog.of(corpus);
        boolean ended = hasEnded(log);
        Path replayState = corpus.flinkState().resolve(REPLAY_STATE);
        try {
            if (ended || options.continueCorpus()) {
                deleteTree(replayState);
            }
            boolean endless = config.sources().stream().anyMatch(SourceConfig::follow);
            if (endless || options.continueCorpus() || !(ended || Files.exists(replayState))) {
                return Optional.of(new RunPlan(Inputs.of(config), corpus.flinkState(), options));
            }
            List<String> unread = ReplaySource.unreadFiles(corpus, log);
            if (ended && unread.isEmpty()) {
                return Optional.empty();
            }
            Files.createDirectories(replayState);
            Inputs inputs = Inputs.ofReplay(ReplaySource.ofFiles(corpus, unread), config);
            return Optional.of(new RunPlan(inputs, replayState, new IngestOptions(Optional.empty(), true)));
        } catch (IOException e) {
            throw StorageException.of("prepare the ingest job's state", corpus.flinkState(), e);
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

    static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> deepestFirst;
            try (Stream<Path> tree = Files.walk(folder)) {
                deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
