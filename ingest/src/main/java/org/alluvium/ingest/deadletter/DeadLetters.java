package org.alluvium.ingest.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.takedown.CorpusFiles;

/**
 * The dead letters of a corpus: those in the files that its log names, or what these have become. Changes nothing, and may read while the ingest job
 * runs. Thread-safe.
 */
public final class DeadLetters {

    private final CorpusFiles files;
    private final ShardLog log;

    public DeadLetters(CorpusLayout corpus, ShardLog log) {
        this.files = new CorpusFiles(corpus);
        this.log = log;
    }

    /**
     * Gives every letter to a consumer, in the order of the log.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if one of the files cannot be read
     */
    public void forEach(Consumer<StoredLetter> consumer) {
        for (LogEntry entry : log.readFrom(0)) {
            if (entry instanceof Commit commit) {
                forEach(commit, consumer);
            }
        }
    }

    /** Gives the letters of one entry of the log to a consumer, in their order; none if there is no such entry. */
    public void forEachIn(long entry, Consumer<StoredLetter> consumer) {
        if (log.find(entry).orElse(null) instanceof Commit commit) {
            forEach(commit, consumer);
        }
    }

    /** The letter of that name; empty if there is none. */
    public Optional<StoredLetter> find(LetterId id) {
        List<StoredLetter> found = new ArrayList<>();
        forEachIn(id.entry(), stored -> {
            if (stored.id().equals(id)) {
                found.add(stored);
            }
        });
        return found.stream().findAny();
    }

    private void forEach(Commit commit, Consumer<StoredLetter> consumer) {
        long before = 0;
        for (RecordFile file : commit.deadLetters()) {
            long inFilesBefore = before;
            DeadLetterInput.read(files.file(file), file.records(), commit.createdAt(), (number, letter) -> {
                LetterId id = new LetterId(commit.sequence(), inFilesBefore + number);
                consumer.accept(new StoredLetter(id, commit.createdAt(), letter));
            });
            before += file.records();
        }
    }
}
