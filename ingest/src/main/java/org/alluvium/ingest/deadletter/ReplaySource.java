package org.alluvium.ingest.deadletter;

import java.util.Comparator;
import java.util.List;
import org.alluvium.contracts.config.FilesConfig;
import org.alluvium.contracts.config.FlowConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.ingest.record.SourceRecord;

/**
 * The {@link ReplayFolder} as a source of the ingest job: a folder of lines, each of which holds a record of another
 * source.
 */
public final class ReplaySource {

    /** Name of the source; no configured one can have it. */
    public static final String NAME = "_replay";

    /** What a line has besides the record, at most; its detail, key and origin are short. */
    private static final long BYTES_BESIDES_THE_RECORD = 1 << 20;

    /** A control character of one byte is written as six, such as <code>\\u0001</code>. */
    private static final int LONGEST_ESCAPE = 6;

    /** Who feeds records back expects some of them to be refused again. */
    private static final double NEVER_TOO_MANY_FAILURES = 1;

    private ReplaySource() {}

    /** The source of everything that has been or will be fed back. */
    public static SourceConfig of(CorpusLayout corpus, boolean follow) {
        return ofFiles(corpus, follow, "*" + ReplayFolder.SUFFIX);
    }

    /** The source of some files of the folder, which ends when they have been read. */
    public static SourceConfig ofFiles(CorpusLayout corpus, List<String> files) {
        return ofFiles(corpus, false, "{" + String.join(",", files) + "}");
    }

    /**
     * Names of the files that were fed back too late for a job whose sources have ended: those behind the last one that the
     * log has a position of. They are numbered, are read in that order, and had all been read when the job ended.
     */
    public static List<String> unreadFiles(CorpusLayout corpus, ShardLog log) {
        List<String> files = ReplayFolder.of(corpus).fileNames();
        if (files.isEmpty()) {
            return files;
        }
        String last = lastRead(log);
        return files.stream().filter(file -> file.compareTo(last) > 0).toList();
    }

    /** Name of the last file of which the log has a position; empty if there is none. */
    private static String lastRead(ShardLog log) {
        return log.readFrom(0).stream()
                .filter(Commit.class::isInstance)
                .flatMap(entry -> ((Commit) entry).sourcePositions().entrySet().stream())
                .filter(position -> isOfReplay(position.getKey()))
                .map(position -> position.getValue().at())
                .map(origin -> origin.substring(0, origin.indexOf(ReplayFolder.SUFFIX) + ReplayFolder.SUFFIX.length()))
                .max(Comparator.naturalOrder())
                .orElse("");
    }

    /** Positions are by source, followed by '@' and a subtask where several read it. */
    private static boolean isOfReplay(String position) {
        return position.equals(NAME) || position.startsWith(NAME + "@");
    }

    private static SourceConfig ofFiles(CorpusLayout corpus, boolean follow, String pattern) {
        FilesConfig files = FilesConfig.DEFAULT;
        FlowConfig flow = FlowConfig.DEFAULT;
        return SourceConfig.ofFolder(NAME, corpus.location().resolve("replay"), Format.JSONL, follow)
                .withFiles(new FilesConfig(pattern, files.complete(), files.after(), files.splitBytes()))
                .withFlow(new FlowConfig(
                        flow.rateLimit(),
                        NEVER_TOO_MANY_FAILURES,
                        flow.failureWindow(),
                        flow.onFailures(),
                        flow.pauseFor(),
                        flow.outOfOrderness(),
                        flow.idleness()));
    }

    /** The longest line, where the longest record that a source may hold is so long. */
    public static long maxLineBytes(long maxRecordBytes) {
        return LONGEST_ESCAPE * maxRecordBytes + BYTES_BESIDES_THE_RECORD;
    }

    /**
     * The record that a line of the folder feeds back, as its own source gave it, for its next attempt.
     *
     * @throws org.alluvium.contracts.error.DataException if it is not such a line
     */
    public static SourceRecord.Content recordOf(byte[] line) {
        return DeadLetterJson.decode(line).letter().nextAttempt();
    }
}
