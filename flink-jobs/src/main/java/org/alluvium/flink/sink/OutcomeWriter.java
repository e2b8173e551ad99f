package org.alluvium.flink.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.shard.RowSeal;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.TakedownWatch;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.flink.takedown.Barred;
import org.alluvium.flink.types.Ages;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Written;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.SkipReason;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectOutput;
import org.alluvium.ingest.stored.ChangeOutput;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * Writes outcomes to shards, dead letters, rejects and changes under names that nobody else uses, and counts them. Free of Flink and
 * not thread-safe.
 *
 * <p>A file is named {@code <attempt>-<number>}, where the attempt is unique in space and time. So files go straight to
 * where they will stay, or by {@link CorpusOutput} there, and an attempt that is replayed, or runs beside its successor, spoils nothing.
 */
final class OutcomeWriter implements AutoCloseable {

    private final CorpusOutput output;
    private final CorpusLayout corpus;
    private final SinkSettings settings;
    private final String attempt;
    private final RandomGenerator random;

    private final RecordFileWriter<DeadLetter> letters;
    private final RecordFileWriter<Reject> rejects;
    private final RecordFileWriter<DocumentChange> changes;
    private final List<ShardFile> shards = new ArrayList<>();
    private final List<MixtureShare> mixture = new ArrayList<>();
    private final Map<String, SourcePosition> positions = new HashMap<>();
    private final FunnelCounts counts = new FunnelCounts();
    private final Ages.Builder ages = new Ages.Builder();

    private final TakedownWatch takedowns;

    private Takedowns known;
    private TextTokens tokens = TextTokens.NONE;
    private Optional<ShardWriter> shard = Optional.empty();
    private Path shardPath;
    private int filesBegun;

    /**
     * A writer that has begun no file.
     *
     * @param output where files come to be; closed with this
     * @param attempt unique name of this attempt of this writer; letters, digits and hyphens
     * @param random draws the salts of rows: nobody can say later what it drew
     */
    OutcomeWriter(SinkSettings settings, CorpusOutput output, String attempt, RandomGenerator random) {
        this.output = output;
        this.corpus = output.folders();
        this.settings = settings;
        this.attempt = attempt;
        this.random = random;
        this.takedowns = new TakedownWatch(new StoreShardLog(output.store(), CorpusLayout.LOG_PREFIX));
        this.known = takedowns.look();
        this.letters = files(corpus.deadLetters(), DeadLetterOutput.SUFFIX, DeadLetterOutput::new);
        this.rejects = files(corpus.rejects(), RejectOutput.SUFFIX, RejectOutput::new);
        this.changes = files(corpus.changes(), ".jsonl.gz", (out, name) -> new ChangeOutput(out));
    }

    private <T> RecordFileWriter<T> files(Path folder, String suffix, RecordFileWriter.Format<T> format) {
        return new RecordFileWriter<>(corpus.root(), () -> next(folder, suffix), format);
    }

    private Path next(Path folder, String suffix) {
        return folder.resolve("%s-%06d%s".formatted(attempt, filesBegun++, suffix));
    }

    void write(Outcome outcome) throws IOException {
        if (Barred.by(known.out(), outcome)) {
            // A withdrawal may be no record of its own, so it counts as it always does.
            counts.add(outcome instanceof Outcome.Withdrawal ? outcome : new Outcome.Skipped(SkipReason.TAKEN_DOWN));
            return;
        }
        if (outcome instanceof Outcome.Accepted document) {
            accept(document.row());
            tokens = tokens.plus(document.tokens());
        } else if (outcome instanceof Outcome.Refused refused) {
            letters.write(refused.letter());
        } else if (outcome instanceof Outcome.Rejected rejected && rejected.stored()) {
            rejects.write(rejected.reject());
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            changes.write(withdrawal.change());
        } else if (outcome instanceof Outcome.Progress progress) {
            progress.positions().forEach((source, position) -> positions.merge(source, position, SourcePosition::then));
        } else if (outcome instanceof Outcome.Mixed mixed) {
            mixture.addAll(mixed.shares());
        } else if (outcome instanceof Outcome.Unjudged || outcome instanceof Outcome.Candidate) {
            throw new IllegalStateException(
                    "a document reached the sink before its fate was decided: " + outcome.key());
        }
        counts.add(outcome);
    }

    private void accept(ShardRow row) throws IOException {
        if (shard.isEmpty()) {
            shardPath = next(corpus.shards(), ".parquet");
            shard = Optional.of(ShardWriter.open(shardPath, settings.metadata()));
        }
        shard.get().write(row.sealed(RowSeal.Salt.draw(random)));
        row.ingestTimeMillis().ifPresent(arrived -> ages.add(row.eventTimeMillis(), arrived));
        if (shard.get().bytes() >= settings.shardTargetBytes()) {
            closeShard();
        }
    }

    private void closeShard() throws IOException {
        if (shard.isPresent()) {
            String path = corpus.root().relativize(shardPath).toString().replace('\\', '/');
            ShardFile finished = shard.get().finish(path);
            shard = Optional.empty();
            output.publish(path);
            shards.add(finished);
        }
    }

    /**
     * Closes what is open, brings it to the disk, and says what there is since the last call. Takedowns that have come
     * meanwhile hold from here on; what they concern of before, the committer sees to.
     */
    Written flush() throws IOException {
        closeShard();
        Written written = new Written(
                shards,
                finish(letters),
                finish(rejects),
                finish(changes),
                MixtureShare.sum(mixture),
                positions,
                counts.take(),
                ages.take(),
                tokens,
                known.newestTakedown());
        known = takedowns.look();
        tokens = TextTokens.NONE;
        shards.clear();
        mixture.clear();
        positions.clear();
        return written;
    }

    private List<RecordFile> finish(RecordFileWriter<?> files) throws IOException {
        Optional<RecordFile> finished = files.finish();
        if (finished.isPresent()) {
            output.publish(finished.get().path());
        }
        return finished.stream().toList();
    }

    /** Gives up what is open; in a corpus folder it stays behind as an orphan. */
    @Override
    public void close() throws IOException {
        letters.close();
        rejects.close();
        changes.close();
        if (shard.isPresent()) {
            shard.get().close();
        }
        output.close();
    }
}
