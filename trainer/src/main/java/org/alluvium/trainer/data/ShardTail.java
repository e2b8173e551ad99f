package org.alluvium.trainer.data;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.log.Families;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * Documents as the shard log grows: entries by sequence, shards in the order of their entry, rows in the order of their
 * file, each as often as its {@code repeat} says. Entries of families that are not read count as not there. Sleeps where the log ends. Every shard is verified before its first row is
 * given out. Used by one thread, except for {@link #state}.
 */
public final class ShardTail implements DocumentFeed {

    /** Time after which a sleeping tail looks whether the log has a gap. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** Shards of a remote corpus that are fetched while one is read. */
    private static final int FETCHED_AHEAD = 2;

    private final LogTail log;
    private final ShardOpener shards;
    private final FamilyReading families;

    private LogEntry.Commit commit;
    private boolean endAnnounced;
    private OpenShard open;
    private int nextShard;
    private final Position start;
    private long tokensBeforeShard;
    private volatile State state = State.READING;
    private volatile long takedown = -1;
    private volatile Optional<String> elsewhere = Optional.empty();

    /** What a tail is doing. */
    public enum State {
        READING,
        /** The log names no documents yet, and the tail sleeps. */
        LOG_EMPTY,
        /** Everything that the log names has been read, and the tail sleeps. */
        LOG_READ
    }

    private ShardTail(LogTail log, ShardOpener shards, FamilyReading families, Position start, boolean endAnnounced) {
        this.log = log;
        this.shards = shards;
        this.families = families;
        this.start = start;
        this.nextShard = start.shard();
        this.endAnnounced = endAnnounced;
    }

    /** Reads a corpus, which may be empty yet, from a position on: the family that its log begins with. */
    public static ShardTail open(ShardOpener shards, Position start) {
        return open(shards, start, Selection.DEFAULT);
    }

    /** As above, what is selected. */
    public static ShardTail open(ShardOpener shards, Position start, Selection selection) {
        LogTail tail = LogTail.open(shards.corpus(), start.sequence());
        ShardLog log = StoreShardLog.of(shards.corpus());
        FamilyReading families = FamilyReading.from(log, start.sequence(), selection);
        return new ShardTail(
                tail, shards, families, start, endedBefore(log, start.sequence(), selection.familiesOf(log)));
    }

    /** Whether the last commit of these families before an entry was the end of its writer's input. */
    private static boolean endedBefore(ShardLog log, long sequence, List<String> read) {
        for (long before = sequence - 1; before >= 0; before--) {
            if (log.read(before) instanceof LogEntry.Commit commit && read.contains(Families.of(log, commit))) {
                return commit.endOfInput();
            }
        }
        return false;
    }

    /** For people: that the log went on in a family that is not read, and what to do; any thread may ask. */
    public Optional<String> elsewhere() {
        return elsewhere;
    }

    /** Sequence of the newest takedown that was passed on the way; -1 if there was none. Any thread may ask. */
    public long takedown() {
        return takedown;
    }

    /** What the tail is doing; any thread may ask. */
    public State state() {
        return state;
    }

    @Override
    public Item next() throws InterruptedException {
        while (true) {
            if (open != null) {
                if (open.hasNext()) {
                    return open.next();
                }
                closeShard();
            } else if (commit == null) {
                Optional<LogEntry> entry = awaitEntry();
                if (entry.isEmpty()) {
                    return new Complete();
                }
                enter(entry.get());
            } else if (nextShard < commit.shards().size()) {
                openShard();
            } else {
                boolean ends = commit.endOfInput();
                long sequence = commit.sequence();
                commit = null;
                nextShard = 0;
                if (ends) {
                    endAnnounced = true;
                    return new EndOfInput(Position.startOf(sequence + 1));
                }
            }
        }
    }

    /** The next entry; empty only if the input has ended and nothing followed. */
    private Optional<LogEntry> awaitEntry() throws InterruptedException {
        Optional<LogEntry> entry = log.next(Duration.ZERO);
        while (entry.isEmpty() && !endAnnounced) {
            state = tokensBeforeShard == 0 && start.equals(Position.START) ? State.LOG_EMPTY : State.LOG_READ;
            entry = log.next(LOOK);
        }
        state = State.READING;
        return entry;
    }

    /** A fence brings nothing, and does not undo the end of an input. */
    private void enter(LogEntry entry) {
        if (entry instanceof LogEntry.Takedown taken) {
            takedown = taken.sequence();
        }
        boolean read = families.reads(entry);
        elsewhere = families.elsewhere();
        if (!read) {
            return;
        }
        if (entry instanceof LogEntry.Fence) {
            families.requireRecipe(shards.vocabulary().digest(), shards.ends(), entry);
        }
        if (entry instanceof LogEntry.Commit next) {
            commit = next;
            endAnnounced = false;
            for (int shard = 0; shard < nextShard; shard++) {
                tokensBeforeShard += next.shards().get(shard).tokens();
            }
        }
    }

    private void openShard() {
        ShardFile file = commit.shards().get(nextShard);
        ShardReader reader = shards.open(file);
        commit.shards().stream().skip(nextShard + 1L).limit(FETCHED_AHEAD).forEach(shards::fetchAhead);
        open = new OpenShard(reader, file, commit, nextShard, tokensBeforeShard);
        if (start.sequence() == commit.sequence() && start.shard() == nextShard) {
            open.skip(start);
        }
    }

    private void closeShard() {
        tokensBeforeShard += commit.shards().get(nextShard).tokens();
        open.close();
        open = null;
        nextShard++;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
        log.close();
    }

    /** A verified shard, row by row and repetition by repetition. */
    private final class OpenShard {

        private final ShardReader reader;
        private final ShardFile file;
        private final LogEntry.Commit of;
        private final ShardRef ref;
        private long tokens;
        private ShardRow row;
        private int repetition;

        OpenShard(ShardReader reader, ShardFile file, LogEntry.Commit of, int index, long tokensBefore) {
            this.reader = reader;
            this.file = file;
            this.of = of;
            this.ref = new ShardRef(of.sequence(), index, file.path(), file.sha256());
            this.tokens = tokensBefore;
        }

        /** Passes over what was read before; tokens passed over are taken to be the shard's mean. */
        void skip(Position to) {
            if (to.row() > reader.rows()) {
                throw new DataException(
                        "the shard has " + reader.rows() + " rows, and " + to.row() + " of them were read before",
                        file.path(),
                        "Restore the corpus that the run was begun with");
            }
            reader.skip(to.row());
            tokens += file.rows() == 0 ? 0 : file.tokens() * to.row() / file.rows();
            if (to.repetition() > 0) {
                readRow();
                repetition = to.repetition();
            }
        }

        boolean hasNext() {
            return row != null || reader.hasNext();
        }

        Read next() {
            if (row == null) {
                readRow();
            }
            long index = reader.position() - 1;
            TrainingDocument document = TrainingDocument.of(row, of, ref.shard(), index, repetition);
            repetition++;
            Position after = new Position(ref.sequence(), ref.shard(), index, repetition);
            if (repetition >= row.repeat()) {
                row = null;
                after = new Position(ref.sequence(), ref.shard(), index + 1, 0);
            }
            return new Read(document, ref, after, tokens);
        }

        private void readRow() {
            row = reader.next();
            repetition = 0;
            tokens += row.tokenCount();
            for (int id : row.inputIds()) {
                if (id < 0 || id >= shards.vocabulary().size()) {
                    throw new DataException(
                            "token " + id + " is not in the vocabulary of "
                                    + shards.vocabulary().size() + " pieces",
                            file.path() + ", document " + row.documentId(),
                            "Run 'alluvium corpus verify', and restore the shard from a copy");
                }
            }
        }

        void close() {
            reader.close();
        }
    }
}
