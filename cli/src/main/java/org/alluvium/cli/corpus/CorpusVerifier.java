package org.alluvium.cli.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Family;
import org.alluvium.contracts.log.FamilyFollower;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.log.StoredEntry;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.ingest.deadletter.DeadLetterInput;
import org.alluvium.ingest.reject.RejectInput;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.tokenizer.shard.ShardVerifier;

/**
 * Compares everything the log says with what is there: every entry with its own digest, its number, its neighbours and the tree of those before it;
 * every count with the others; every shard and file of dead letters, rejects or changes with its size and, if asked, its digest and its
 * rows. Of a corpus in an object store it is the objects that are looked at, never copies of them. One damage does not keep the
 * rest from being looked at. It changes nothing and may run beside the ingest job. For one use.
 */
public final class CorpusVerifier {

    private static final String RESTORE = "Restore it from a copy of the corpus";

    /** How closely files are looked at. */
    public enum Depth {
        /** Whether they are there and have their size, which takes no more than listings. */
        SIZES,
        /** Whether every byte is as it was written. */
        DIGESTS,
        /** And every row is read and counted again, which is superfluous unless the writer itself was wrong. */
        ROWS
    }

    private final CorpusLayout corpus;
    private final Depth depth;
    private final Originals originals;
    private final Takedowns takedowns;

    private final List<String> damages = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private long files;
    private long documents;
    private long holes;
    private long tokens;
    private long epoch;
    private final FamilyFollower families = FamilyFollower.fromStart();

    /** A verifier of one corpus. */
    public CorpusVerifier(CorpusLayout corpus, Depth depth) {
        this.corpus = corpus;
        this.depth = depth;
        this.originals = new Originals(corpus);
        this.takedowns = new CorpusFiles(corpus).takedowns();
    }

    /**
     * Looks at everything up to the entry that is the last one now.
     *
     * @throws StorageException if not even the log can be listed, or an object store is away
     */
    public Verification verify() {
        try (originals) {
            return verifyAll();
        }
    }

    private Verification verifyAll() {
        StoreShardLog log = StoreShardLog.of(corpus);
        long entries = log.lastSequence().orElse(-1) + 1;
        Optional<MerkleTree> tree = Optional.of(MerkleTree.EMPTY);
        for (long sequence = 0; sequence < entries; sequence++) {
            tree = verify(log, sequence, tree);
        }
        takedowns.rewrites().forEach(this::requireDestroyed);
        return new Verification(entries, files, documents, holes, tokens, damages);
    }

    /**
     * Verifies an entry, and that those before it are those that it was appended to.
     *
     * @param before the tree of these; not known where the one before is damaged, since it hides what its leaf was
     * @return the tree with the entry
     */
    private Optional<MerkleTree> verify(StoreShardLog log, long sequence, Optional<MerkleTree> before) {
        List<StoredEntry> read = new ArrayList<>();
        check(() -> read.add(log.stored(sequence)));
        if (read.isEmpty()) {
            return Optional.empty();
        }
        StoredEntry stored = read.getFirst();
        if (before.isPresent()
                && stored.before().filter(tree -> !tree.equals(before.get())).isPresent()) {
            damages.add(new DataException(
                            "the entries before log entry " + sequence + " are not those that it was appended to",
                            corpus.log().toString(),
                            "Restore the log from a copy of the corpus: one of them was exchanged")
                    .getMessage());
        }
        check(() -> verify(stored.entry()));
        return stored.before().or(() -> before).map(tree -> tree.plus(stored.leaf()));
    }

    private void verify(LogEntry entry) {
        if (entry.writerEpoch() < epoch) {
            damage(entry, "has writer epoch " + entry.writerEpoch() + " after " + epoch);
        }
        epoch = Math.max(epoch, entry.writerEpoch());
        families.next(entry);
        if (entry instanceof Commit commit) {
            verifyCounts(commit);
            for (ShardFile named : commit.shards()) {
                ShardFile shard = takedowns.current(named);
                check(() -> verify(commit, shard));
                if (!shard.rowsRoot().equals(named.rowsRoot())) {
                    damage(commit, "names " + named.path() + ", whose rows have another root than those in its place");
                }
            }
            for (RecordFile named : commit.deadLetters()) {
                RecordFile letters = takedowns.current(named);
                check(() -> verify(
                        commit,
                        letters,
                        "dead letters",
                        file -> DeadLetterInput.read(
                                file, letters.records(), commit.createdAt(), (number, letter) -> {})));
            }
            for (RecordFile named : commit.rejects()) {
                RecordFile rejects = takedowns.current(named);
                check(() -> verify(
                        commit, rejects, "rejects", file -> RejectInput.read(file, rejects.records(), reject -> {})));
            }
            for (RecordFile named : commit.changes()) {
                RecordFile changes = takedowns.current(named);
                check(() -> verify(commit, changes, "changes", file -> requireChanges(file, changes.records())));
            }
        }
    }

    /** What was taken down must not lie about in the files that were replaced. */
    private void requireDestroyed(LogEntry.Rewrite rewrite) {
        Stream.concat(rewrite.shards().keySet().stream(), rewrite.records().keySet().stream())
                .forEach(path -> check(() -> {
                    if (originals.size(path).isPresent()) {
                        throw new DataException(
                                "it was replaced by log entry " + rewrite.sequence() + ", and is still there",
                                corpus.store().where(path),
                                "Run 'alluvium takedown --finish'");
                    }
                }));
    }

    private void verifyCounts(Commit commit) {
        long rows = commit.shards().stream().mapToLong(ShardFile::rows).sum();
        if (commit.funnel().accepted() != rows) {
            damage(commit, "counts " + commit.funnel().accepted() + " accepted documents, its shards " + rows);
        }
        if (!commit.funnel().balances()) {
            damage(commit, "loses records: " + commit.funnel());
        }
        documents += rows;
        tokens += commit.shards().stream().mapToLong(ShardFile::tokens).sum();
    }

    private void verify(Commit commit, ShardFile shard) {
        nameOnce(commit, shard.path());
        switch (depth) {
            case SIZES -> requireSize(shard.path(), shard.bytes());
            case DIGESTS ->
                originals.look(shard.path(), file -> {
                    ShardVerifier.verifyDigest(file, shard);
                    requireFamily(file);
                });
            case ROWS ->
                originals.look(shard.path(), file -> {
                    holes += ShardVerifier.verify(file, shard);
                    requireFamily(file);
                });
        }
    }

    /** Rows of another recipe than their writer's fence told of would be learned from as what they are not. */
    private void requireFamily(Path file) {
        if (families.recipe().isEmpty()) {
            return;
        }
        Family family = families.recipe().get();
        try (ShardReader reader = ShardReader.open(file)) {
            ShardMetadata made = reader.metadata();
            Family found =
                    new Family(family.name(), made.tokenizerDigest(), made.addBos(), made.addEos(), family.rules());
            if (!family.differences(found).isEmpty()) {
                throw new DataException(
                        "it differs from its family '" + family.name() + "' in "
                                + String.join(", ", family.differences(found)),
                        file.toString(),
                        RESTORE);
            }
        }
    }

    private void requireSize(String path, long expected) {
        String where = corpus.store().where(path);
        long bytes = originals
                .size(path)
                .orElseThrow(() -> new DataException("the log names a file that is not there", where, RESTORE));
        if (bytes != expected) {
            throw new DataException("it has " + bytes + " bytes, the log says " + expected, where, RESTORE);
        }
    }

    /**
     * Compares a file with what the log says of it, then reads it.
     *
     * @param what its records are called
     * @param reading reads every record, and finds damage
     */
    private void verify(Commit commit, RecordFile stored, String what, Consumer<Path> reading) {
        nameOnce(commit, stored.path());
        if (depth == Depth.SIZES) {
            requireSize(stored.path(), stored.bytes());
        } else {
            originals.look(stored.path(), file -> verify(file, stored, what, reading));
        }
    }

    private void verify(Path file, RecordFile stored, String what, Consumer<Path> reading) {
        try {
            if (Files.size(file) != stored.bytes() || !Sha256.of(file).equals(stored.sha256())) {
                throw new DataException("the " + what + " are not those that the log names", file.toString(), RESTORE);
            }
        } catch (NoSuchFileException e) {
            throw new DataException("the log names " + what + " that are not there", file.toString(), RESTORE, e);
        } catch (IOException e) {
            throw StorageException.of("read the " + what, file, e);
        }
        if (depth == Depth.ROWS) {
            reading.accept(file);
        }
    }

    private static void requireChanges(Path file, long expected) {
        try {
            if (ChangeCodec.readFile(file).size() != expected) {
                throw new DataException(
                        "there are not " + expected + " changes, as the log says", file.toString(), RESTORE);
            }
        } catch (IOException e) {
            throw StorageException.of("read the changes", file, e);
        }
    }

    /** A file that two entries name would be trained on twice. */
    private void nameOnce(Commit commit, String path) {
        files++;
        if (!named.add(path)) {
            damage(commit, "names " + path + ", as an earlier entry does");
        }
    }

    private void damage(LogEntry entry, String what) {
        String where = corpus.log()
                .resolve(String.format("%020d.json", entry.sequence()))
                .toString();
        damages.add(new DataException("the log entry " + what, where, RESTORE).getMessage());
    }

    private void check(Runnable verification) {
        try {
            verification.run();
        } catch (AlluviumException e) {
            if (ObjectStoreException.mayPass(e)) {
                throw e; // nobody knows what is damaged while the store is away
            }
            damages.add(originals.naming(e.getMessage()));
        }
    }
}
