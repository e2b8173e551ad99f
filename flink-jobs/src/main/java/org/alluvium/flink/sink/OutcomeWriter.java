package org.alluvium.flink.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.ChangeFile;
import org.alluvium.contracts.log.LogEntry.DeadLetterFile;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.types.Ages;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Written;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * Writes outcomes to shards, dead letters and changes under names that nobody else uses, and counts them. Free of Flink and
 * not thread-safe.
 *
 * <p>A file is named {@code <attempt>-<number>}, where the attempt is unique in space and time. So files go straight to
 * where they will stay, and an attempt that is replayed, or runs beside its successor, spoils nothing.
 */
final class OutcomeWriter implements AutoCloseable {

    private final CorpusLayout corpus;
    private final SinkSettings settings;
    private final String attempt;

    private Optional<ShardWriter> shard = Optional.empty();
    private Optional<DeadLetterWriter> letters = Optional.empty();
    private Optional<ChangeWriter> changes = Optional.empty();
    private String shardPath = "";
    private String lettersPath = "";
    private String changesPath = "";
    private int filesBegun;

    private final List<ShardFile> shards = new ArrayList<>();
    private final Map<String, SourcePosition> positions = new HashMap<>();
    private final FunnelCounts counts = new FunnelCounts();
    private final Ages.Builder ages = new Ages.Builder();

    /** @param attempt unique name of this attempt of this writer; letters, digits and hyphens */
    OutcomeWriter(SinkSettings settings, String attempt) {
        this.corpus = settings.corpus();
        this.settings = settings;
        this.attempt = attempt;
    }

    void write(Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Accepted document) {
            accept(document.row());
        } else if (outcome instanceof Outcome.Refused refused) {
            refuse(refused.letter());
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            change(withdrawal.change());
        } else if (outcome instanceof Outcome.Progress progress) {
            progress.positions().forEach((source, position) -> positions.merge(source, position, SourcePosition::then));
        } else if (outcome instanceof Outcome.Unjudged
                || outcome instanceof Outcome.Candidate
                || outcome instanceof Outcome.Forget) {
            throw new IllegalStateException(
                    "a document reached the sink before its fate was decided: " + outcome.key());
        }
        counts.add(outcome);
    }

    private void accept(ShardRow row) throws IOException {
        if (shard.isEmpty()) {
            shardPath = nextPath(corpus.shards(), ".parquet");
            shard = Optional.of(ShardWriter.open(corpus.resolve(shardPath), settings.metadata()));
        }
        shard.get().write(row);
        row.ingestTimeMillis().ifPresent(arrived -> ages.add(row.eventTimeMillis(), arrived));
        if (shard.get().bytes() >= settings.shardTargetBytes()) {
            closeShard();
        }
    }

    private void refuse(DeadLetter letter) throws IOException {
        if (letters.isEmpty()) {
            lettersPath = nextPath(corpus.deadLetters(), DeadLetterOutput.SUFFIX);
            letters = Optional.of(new DeadLetterWriter(corpus.resolve(lettersPath)));
        }
        letters.get().write(letter);
    }

    private void change(DocumentChange change) throws IOException {
        if (changes.isEmpty()) {
            changesPath = nextPath(corpus.changes(), ".jsonl.gz");
            changes = Optional.of(new ChangeWriter(corpus.resolve(changesPath)));
        }
        changes.get().write(change);
    }

    private String nextPath(Path folder, String suffix) {
        Path file = folder.resolve("%s-%06d%s".formatted(attempt, filesBegun++, suffix));
        return corpus.root().relativize(file).toString().replace('\\', '/');
    }

    private void closeShard() throws IOException {
        if (shard.isPresent()) {
            shards.add(shard.get().finish(shardPath));
            shard = Optional.empty();
        }
    }

    /** Closes what is open, brings it to the disk, and says what there is since the last call. */
    Written flush() throws IOException {
        closeShard();
        List<DeadLetterFile> letterFiles = new ArrayList<>();
        if (letters.isPresent()) {
            letterFiles.add(letters.get().finish(lettersPath));
            letters = Optional.empty();
        }
        List<ChangeFile> changeFiles = new ArrayList<>();
        if (changes.isPresent()) {
            changeFiles.add(changes.get().finish(changesPath));
            changes = Optional.empty();
        }
        Written written = new Written(shards, letterFiles, changeFiles, positions, counts.take(), ages.take());
        shards.clear();
        positions.clear();
        return written;
    }

    /** Gives up what is open; it stays behind as an orphan. */
    @Override
    public void close() throws IOException {
        if (letters.isPresent()) {
            letters.get().close();
        }
        if (changes.isPresent()) {
            changes.get().close();
        }
        if (shard.isPresent()) {
            shard.get().close();
        }
    }
}
