package org.alluvium.cli.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.alluvium.cli.proof.Proof.Leaf;
import org.alluvium.cli.proof.Proof.Piece;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.log.StoredEntry;
import org.alluvium.contracts.merkle.MerkleHash;
import org.alluvium.contracts.merkle.MerklePath;
import org.alluvium.contracts.shard.RowLeaf;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFiles;
import org.alluvium.trainer.checkpoint.Commitment;
import org.alluvium.trainer.journal.JournalLine;
import org.alluvium.trainer.journal.RecordedSteps;

/** Proves what checkpoints of a run have learned from. It reads and changes nothing. Used by one thread. */
public final class Prover {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunLayout run;
    private final CorpusFiles files;
    private final StoreShardLog log;
    private final Listener listener;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** So many of the steps of the journal were read. */
        void at(long done, long all);
    }

    public Prover(RunLayout run, CorpusLayout corpus, Listener listener) {
        this.run = run;
        this.files = new CorpusFiles(corpus);
        this.log = StoreShardLog.of(corpus);
        this.listener = listener;
    }

    /** A leaf of what was consumed, found. */
    private record Found(long index, String leaf, RowPlace row) {}

    /**
     * Proves that the model of a checkpoint has learned from a document, by the first piece of it.
     *
     * @param step that learned from it; any, if empty
     * @throws UnavailableException if it has not, or if what would prove it is not there: it was taken down, or a release
     *     without roots wrote it
     * @throws DataException if what is there is not what the checkpoint commits to
     */
    public Proof prove(Checkpoint checkpoint, String document, OptionalLong step) {
        Commitment commitment = checkpoint
                .commitment()
                .orElseThrow(() -> new UnavailableException(
                        "the checkpoint commits to nothing: an older release wrote it",
                        checkpoint.path().toString(),
                        "Name a checkpoint that was taken since"));
        Found found = find(checkpoint, commitment, document, step);
        MerklePath consumed = consumed(checkpoint, commitment, found);
        StoredEntry entry = log.stored(found.row().entry());
        ShardFile shard = shard(entry.entry(), found.row());
        return new Proof(
                Proof.VERSION,
                document,
                text(checkpoint.path().resolve(CheckpointManifest.NAME)),
                text(checkpoint.path().resolve(CheckpointFiles.COMMITMENT)),
                new Piece(found.leaf(), found.index(), consumed.siblings()),
                entry(entry, commitment.log()),
                row(shard, found.row(), document));
    }

    private Found find(Checkpoint checkpoint, Commitment commitment, String document, OptionalLong step) {
        long index = 0;
        try (RecordedSteps steps = RecordedSteps.of(run.journal())) {
            while (steps.hasNext()) {
                JournalLine line = steps.next();
                if (line.step() > checkpoint.step()) {
                    break;
                }
                if (line.step() > commitment.consumed().afterStep()) {
                    boolean wanted = step.isEmpty() || step.getAsLong() == line.step();
                    for (String leaf : line.consumed()) {
                        JsonNode piece = parse(leaf);
                        if (wanted && piece.path("id").asText().equals(document)) {
                            return new Found(index, leaf, place(piece.path("row")));
                        }
                        index++;
                    }
                }
                listener.at(line.step(), checkpoint.step());
            }
        }
        throw new UnavailableException(
                "none of the steps "
                        + step.stream()
                                .mapToObj(String::valueOf)
                                .findFirst()
                                .orElseGet(() -> (commitment.consumed().afterStep() + 1) + " to " + checkpoint.step())
                        + " has learned from document '" + document + "'",
                run.journal().toString(),
                "Check the id; 'alluvium trace doc' knows documents by their addresses, too");
    }

    private MerklePath consumed(Checkpoint checkpoint, Commitment commitment, Found found) {
        try (RecordedSteps steps = RecordedSteps.of(run.journal())) {
            MerklePath path;
            try {
                path = MerklePath.to(
                        found.index(),
                        commitment.consumed().size(),
                        leaves(steps, commitment.consumed().afterStep()));
            } catch (IllegalArgumentException e) {
                throw differs(checkpoint, e);
            }
            if (!path.root(MerkleHash.leaf(found.leaf()))
                    .equals(commitment.consumed().root())) {
                throw differs(checkpoint, null);
            }
            return path;
        }
    }

    private DataException differs(Checkpoint checkpoint, Exception cause) {
        return new DataException(
                "the journal's steps up to " + checkpoint.step() + " are not those that the checkpoint commits to",
                run.journal().toString(),
                "Restore the journal, or the checkpoint, from a copy; 'alluvium checkpoint verify' looks at checkpoints",
                cause);
    }

    private static Iterator<String> leaves(RecordedSteps steps, long after) {
        Iterator<List<String>> lines = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return steps.hasNext();
            }

            @Override
            public List<String> next() {
                JournalLine line = steps.next();
                return line.step() > after ? line.consumed() : List.of();
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false)
                .flatMap(List::stream)
                .map(MerkleHash::leaf)
                .iterator();
    }

    private ShardFile shard(LogEntry entry, RowPlace place) {
        if (entry instanceof LogEntry.Commit commit
                && place.shard() < commit.shards().size()) {
            return commit.shards().get(place.shard());
        }
        throw new DataException(
                "the journal says that a row was learned from shard " + place.shard() + " of log entry " + place.entry()
                        + ", which has none",
                files.corpus().toString(),
                "Name the corpus that the run was trained on");
    }

    private Leaf entry(StoredEntry entry, Commitment.Log tree) {
        MerklePath path = MerklePath.to(
                entry.entry().sequence(),
                tree.size(),
                LongStream.range(0, tree.size())
                        .mapToObj(each -> log.stored(each).leaf())
                        .iterator());
        if (!path.root(entry.leaf()).equals(tree.root())) {
            throw new DataException(
                    "the log's first " + tree.size() + " entries are not those that the checkpoint commits to",
                    files.corpus().toString(),
                    "Name the corpus that the run was trained on; 'alluvium corpus verify' looks at its log");
        }
        return new Leaf(entry.json(), path.siblings());
    }

    private Leaf row(ShardFile named, RowPlace place, String document) {
        String root = named.rowsRoot()
                .orElseThrow(() -> new UnavailableException(
                        "the log says no root of the shard's rows: an older release wrote it",
                        named.path(),
                        "Nothing can be proved of its documents"));
        List<String> leaves = new ArrayList<>();
        String text = "";
        try (ShardReader reader = ShardReader.open(files.file(named))) {
            while (reader.hasNext()) {
                boolean wanted = reader.position() == place.row();
                ShardRow row = reader.next();
                leaves.add(RowLeaf.of(row).orElseThrow());
                if (wanted) {
                    text = RowLeaf.text(row).orElseThrow(() -> takenDown(document, named));
                }
            }
        }
        MerklePath path = MerklePath.to(place.row(), named.rows(), leaves.iterator());
        if (!path.root(leaves.get((int) place.row())).equals(root)) {
            throw new DataException(
                    "the shard's rows are not those that the log commits to",
                    named.path(),
                    "Restore the shard from a copy; 'alluvium corpus verify' names all that are damaged");
        }
        return new Leaf(text, path.siblings());
    }

    private static UnavailableException takenDown(String document, ShardFile shard) {
        return new UnavailableException(
                "document '" + document + "' was taken down, and what would prove what it was is destroyed",
                shard.path(),
                "'alluvium takedown --dry-run' and the report of the takedown say which steps had learned from it");
    }

    private static RowPlace place(JsonNode row) {
        return new RowPlace(
                row.path(0).asLong(), row.path(1).asInt(), row.path(2).asLong());
    }

    private static JsonNode parse(String leaf) {
        try {
            return JSON.readTree(leaf);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a leaf is no JSON: " + leaf, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StorageException.of("read the checkpoint", file, e);
        }
    }
}
