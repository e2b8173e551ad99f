package org.alluvium.contracts.takedown;

import java.nio.file.Path;
import java.util.function.Function;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;

/**
 * The files that log entries name, or what takedowns have put in their place. A rewrite may come at any moment: a file is asked
 * for right before it is opened, and the log is asked for takedowns each time, which costs a look at the entries that have come since. Who has an old
 * file open reads it to its end, and has to pass over what was taken down. Thread-safe.
 */
public final class CorpusFiles {

    private final CorpusLayout corpus;
    private final TakedownWatch watch;

    public CorpusFiles(CorpusLayout corpus) {
        this.corpus = corpus;
        this.watch = new TakedownWatch(StoreShardLog.of(corpus));
    }

    public CorpusLayout corpus() {
        return corpus;
    }

    /** All takedowns that the log has now. */
    public Takedowns takedowns() {
        return watch.look();
    }

    /** What a shard that a commit names is now. */
    public ShardFile current(ShardFile named) {
        return takedowns().current(named);
    }

    /**
     * Opens a shard as it is now. One that is replaced after it was asked for and before it is open is opened as what it has
     * become.
     *
     * @param open is given the current shard, and fails if its file is not there
     * @throws AlluviumException what {@code open} throws, if the shard is still the same
     */
    public <T> T open(ShardFile named, Function<ShardFile, T> open) {
        ShardFile current = current(named);
        try {
            return open.apply(current);
        } catch (AlluviumException e) {
            if (current(named).equals(current)) {
                throw e;
            }
            return open(named, open);
        }
    }

    /** The current shard as a file of this machine, as {@link CorpusLayout#file} has it. */
    public Path file(ShardFile named) {
        return corpus.file(current(named));
    }

    /** Another file that a commit names, as it is now. */
    public RecordFile current(RecordFile named) {
        return takedowns().current(named);
    }

    /** The same as a file of this machine. */
    public Path file(RecordFile named) {
        RecordFile current = current(named);
        return corpus.file(current.path(), current.bytes(), current.sha256());
    }
}
