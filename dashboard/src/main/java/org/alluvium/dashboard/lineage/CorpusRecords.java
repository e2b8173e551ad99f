package org.alluvium.dashboard.lineage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.dashboard.lineage.NamedFile.Others;
import org.alluvium.dashboard.lineage.NamedFile.Rows;
import org.alluvium.ingest.deadletter.DeadLetterInput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectInput;
import org.alluvium.tokenizer.shard.RowHead;
import org.alluvium.tokenizer.shard.ShardHeads;
import org.alluvium.tokenizer.shard.ShardRows;

/** Reads what the files of a corpus hold, as they are now and without what was taken down. Thread-safe. */
final class CorpusRecords {

    private final CorpusFiles files;
    private final StoreShardLog log;

    CorpusRecords(CorpusLayout corpus) {
        files = new CorpusFiles(corpus);
        log = StoreShardLog.of(corpus);
    }

    /** Takes the names of records, one by one. */
    @FunctionalInterface
    interface NameVisitor {
        void visit(long record, String name);
    }

    Takedowns takedowns() {
        return files.takedowns();
    }

    /** The file that a commit named, as it is now. */
    ShardFile current(ShardFile named) {
        return files.current(named);
    }

    Path file(ShardFile named) {
        return files.file(named);
    }

    /** The commit of an entry; empty if it is none, or there is no such entry. */
    Optional<Commit> commit(long entry) {
        return log.find(entry).filter(Commit.class::isInstance).map(Commit.class::cast);
    }

    /** Gives the names of all records of a file; false if it is not there, or damaged, and then perhaps not all of them. */
    boolean names(NamedFile file, NameVisitor names) {
        try {
            TakenOut out = takedowns().out();
            switch (file) {
                case Rows rows -> rowNames(rows.file(), out, names);
                case Others others -> otherNames(others, names);
            }
            return true;
        } catch (AlluviumException unreadable) {
            return false;
        }
    }

    private void rowNames(ShardFile shard, TakenOut out, NameVisitor names) {
        try (ShardRows<RowHead> heads = ShardHeads.open(files, shard)) {
            while (heads.hasNext()) {
                long row = heads.position();
                ShardRow head = heads.next().row();
                if (!out.has(head)) {
                    names(head).forEach(name -> names.visit(row, name));
                }
            }
        }
    }

    private void otherNames(Others file, NameVisitor names) {
        switch (file.kind()) {
            case ROW -> throw new IllegalArgumentException("rows are not of these");
            case REJECT -> rejects(file, (record, reject) -> names(reject).forEach(name -> names.visit(record, name)));
            case DEAD_LETTER ->
                letters(file, (record, letter) -> names(letter).forEach(name -> names.visit(record, name)));
            case CHANGE -> changes(file, (record, change) -> names(change).forEach(name -> names.visit(record, name)));
        }
    }

    /** What a row is found by. */
    static Stream<String> names(ShardRow row) {
        return names(
                row.documentId(), row.origin(), row.url(), row.contentHash().toString());
    }

    static Stream<String> names(Reject reject) {
        Document document = reject.document();
        return names(
                document.id(), document.origin(), document.url(), reject.hash().toString());
    }

    static Stream<String> names(DeadLetter letter) {
        return Stream.concat(Stream.of(letter.origin()), letter.key().stream()).filter(name -> !name.isEmpty());
    }

    static Stream<String> names(DocumentChange change) {
        return Stream.of(change.id(), change.origin()).distinct();
    }

    private static Stream<String> names(String id, String origin, Optional<String> url, String hash) {
        Stream.Builder<String> names = Stream.builder();
        names.add(id);
        if (!origin.equals(id)) {
            names.add(origin);
        }
        url.filter(each -> !each.equals(id) && !each.equals(origin)).ifPresent(names);
        return names.add(hash).build();
    }

    /** The heads of some rows of a shard, in their order, given with their places; rows behind its end are passed over. */
    void heads(ShardFile shard, List<RowPlace> rows, BiConsumer<RowPlace, RowHead> taker) {
        try (ShardRows<RowHead> heads = ShardHeads.open(files, shard)) {
            for (RowPlace place : rows) {
                if (place.row() >= heads.position() && place.row() < heads.rows()) {
                    heads.skip(place.row() - heads.position());
                    taker.accept(place, heads.next());
                }
            }
        }
    }

    void rejects(Others file, BiConsumer<Long, Reject> taker) {
        long[] next = {0};
        RejectInput.read(
                files.file(file.file()),
                files.current(file.file()).records(),
                reject -> taker.accept(next[0]++, reject));
    }

    void letters(Others file, BiConsumer<Long, DeadLetter> taker) {
        DeadLetterInput.read(
                files.file(file.file()),
                files.current(file.file()).records(),
                file.commit().createdAt(),
                (number, letter) -> taker.accept(number - 1, letter));
    }

    void changes(Others file, BiConsumer<Long, DocumentChange> taker) {
        Path path = files.file(file.file());
        List<DocumentChange> changes = new ArrayList<>();
        try {
            changes.addAll(ChangeCodec.readFile(path));
        } catch (IOException e) {
            throw StorageException.of("read the changes", path, e);
        }
        for (int i = 0; i < changes.size(); i++) {
            taker.accept((long) i, changes.get(i));
        }
    }
}
