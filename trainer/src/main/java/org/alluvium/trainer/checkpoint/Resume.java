package org.alluvium.trainer.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.ShardRef;

/**
 * Finds out where a run goes on, and that everything which must fit the checkpoint does. Nothing is decided silently: what was
 * found on the way is in the notes.
 *
 * @param checkpoint what the run goes on from, or empty for a new one
 * @param notes sentences for people
 */
public record Resume(Optional<Checkpoint> checkpoint, List<String> notes) {

    public Resume {
        notes = List.copyOf(notes);
    }

    /** Where the run goes on. */
    public RunPosition position() {
        return checkpoint.map(Checkpoint::position).orElse(RunPosition.START);
    }

    /** The same, with notes of what came before it was found. */
    public Resume noting(List<String> before) {
        List<String> noted = new ArrayList<>(before);
        noted.addAll(notes);
        return new Resume(checkpoint, noted);
    }

    /** The same, with a note if something else computed until now. */
    public Resume continuedBy(ComputedBy backend) {
        String now = backend.words();
        List<String> noted = new ArrayList<>(notes);
        checkpoint
                .flatMap(Checkpoint::computedBy)
                .map(ComputedBy::words)
                .filter(before -> !before.equals(now))
                .ifPresent(before -> noted.add("computed by " + before + " until now and by " + now
                        + " from here on, so not bit for bit as it would have been there"));
        return new Resume(checkpoint, noted);
    }

    /**
     * Clears away what a killed trainer left, sets damaged checkpoints aside, takes those of undone steps out of the way, and
     * chooses the newest whole one that is left.
     *
     * @param undone whether the run went back to before a checkpoint after that had been taken
     * @throws DataException if there are checkpoints and none of them is whole
     */
    public static Resume find(CheckpointFolder folder, Predicate<Checkpoint> undone) {
        List<String> notes = new ArrayList<>();
        folder.recover().forEach(name -> notes.add("cleared away the unfinished " + name));
        CheckpointFolder.Newest newest = folder.newest();
        while (newest.checkpoint().filter(undone).isPresent()) {
            Checkpoint passed = newest.checkpoint().get();
            folder.abandon(passed);
            notes.add("passed over step " + passed.step() + ", which the run went back from");
            newest = folder.newest();
        }
        if (newest.checkpoint().isEmpty() && !newest.damaged().isEmpty()) {
            CheckpointFolder.Damaged first = newest.damaged().getFirst();
            throw new DataException(
                    "none of " + newest.damaged().size() + " checkpoints is whole; the newest: " + first.problem(),
                    first.path().toString(),
                    "Restore one from a copy, or move all of them away to train again from the first step");
        }
        for (CheckpointFolder.Damaged damaged : newest.damaged()) {
            Path aside = folder.setAside(damaged);
            notes.add("damaged, set aside as " + aside.getFileName() + ": " + damaged.problem());
        }
        return new Resume(newest.checkpoint(), notes);
    }

    /**
     * Checks that a run under this identity and plan can go on from the checkpoint.
     *
     * @throws MismatchException naming what differs, with both values
     */
    public void requireFits(CheckpointState.Identity identity, BatchPlan plan, ShardLog log) {
        if (checkpoint.isEmpty()) {
            return;
        }
        String where = checkpoint.get().path().toString();
        CheckpointState state = checkpoint.get().state();
        requireTokenizer(state.identity().tokenizerDigest(), identity.tokenizerDigest(), where);
        plan.requireSameAs(state.plan(), where);
        requireLineage(state.identity().corpusLineage(), identity.corpusLineage(), where);
        state.cursor().shards().forEach(shard -> requireShard(log, shard, where));
        plan.requireSameFamilies(state.plan(), state.cursor(), log, where);
    }

    private static void requireTokenizer(String written, String now, String where) {
        if (!written.equals(now)) {
            throw new MismatchException(
                    "the checkpoint was trained with vocabulary " + written + ", this run uses " + now,
                    where,
                    "Set tokenizer.model to the checkpoint's tokenizer.model, or another train.run to begin a new run");
        }
    }

    private static void requireLineage(String written, String now, String where) {
        if (!written.isEmpty() && !written.equals(now)) {
            throw new MismatchException(
                    "the checkpoint was trained on the corpus that writer " + written + " began, and corpus.dir holds "
                            + (now.isEmpty() ? "no log" : "one that " + now + " began"),
                    where,
                    "Point corpus.dir to the corpus of this run, or train.run to another folder to begin a new one");
        }
    }

    private static void requireShard(ShardLog log, ShardRef expected, String where) {
        Optional<LogEntry> entry = log.find(expected.sequence());
        String found = "no such log entry";
        if (entry.isPresent() && entry.get() instanceof LogEntry.Commit commit) {
            List<ShardFile> shards = commit.shards();
            found = expected.shard() < shards.size()
                    ? shards.get(expected.shard()).sha256()
                    : "no such shard";
        }
        if (!found.equals(expected.sha256())) {
            throw new MismatchException(
                    "the corpus is not the one the checkpoint was trained on: shard " + expected.shard()
                            + " of log entry " + expected.sequence() + " had SHA-256 " + expected.sha256()
                            + ", and now there is " + found,
                    where,
                    "Restore the corpus, or set another train.run to begin a new run");
        }
    }
}
