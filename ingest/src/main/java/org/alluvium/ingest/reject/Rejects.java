package org.alluvium.ingest.reject;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.takedown.CorpusFiles;

/**
 * The rejects of a corpus: those in the files that its log names, or what these have become. Changes nothing, and may read while the ingest job runs.
 * Thread-safe.
 */
public final class Rejects {

    private final CorpusFiles files;
    private final ShardLog log;

    public Rejects(CorpusLayout corpus, ShardLog log) {
        this.files = new CorpusFiles(corpus);
        this.log = log;
    }

    /**
     * Gives everything that is stored to a consumer, in the order of the log.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if one of the files cannot be read
     */
    public void forEach(Consumer<Reject> consumer) {
        for (LogEntry entry : log.readFrom(0)) {
            if (entry instanceof Commit commit) {
                forEach(commit, consumer);
            }
        }
    }

    /** Gives what is stored of one entry of the log to a consumer, in its order; nothing if there is no such entry. */
    public void forEachIn(long entry, Consumer<Reject> consumer) {
        if (log.find(entry).orElse(null) instanceof Commit commit) {
            forEach(commit, consumer);
        }
    }

    private void forEach(Commit commit, Consumer<Reject> consumer) {
        for (RecordFile named : commit.rejects()) {
            RecordFile file = files.current(named);
            RejectInput.read(files.file(file), file.records(), consumer);
        }
    }

    /**
     * Gives the sample of every cause to a consumer, in the order of the log: the same texts whatever the parallelism of the
     * job and its restarts were, as long as it kept at least as many. The files are read twice.
     *
     * @param perCause most texts of a cause
     */
    public void sample(int perCause, Consumer<Reject> consumer) {
        Sample sample = new Sample(perCause);
        forEach(reject -> sample.offer(reject.cause(), reject.hash()));
        Set<String> given = new HashSet<>();
        forEach(reject -> {
            if (sample.holds(reject.cause(), reject.hash()) && given.add(reject.cause() + reject.hash())) {
                consumer.accept(reject);
            }
        });
    }

    /** The document of that id that was rejected last, if it is among those that are stored. */
    public Optional<Reject> find(String id) {
        LastOf last = new LastOf(id);
        forEach(last);
        return last.found;
    }

    private static final class LastOf implements Consumer<Reject> {

        private final String id;
        private Optional<Reject> found = Optional.empty();

        LastOf(String id) {
            this.id = id;
        }

        @Override
        public void accept(Reject reject) {
            if (reject.document().id().equals(id)) {
                found = Optional.of(reject);
            }
        }
    }
}
