package org.alluvium.dashboard.lineage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.dashboard.lineage.CorpusIndex.Kind;
import org.alluvium.dashboard.lineage.CorpusIndex.Place;
import org.alluvium.dashboard.lineage.JournalSearch.Part;
import org.alluvium.dashboard.lineage.NamedFile.Others;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * Looks for documents in a corpus by its {@link CorpusIndex}; what was taken down is passed over. Shards that are not there, as in a
 * copy of a part, are passed over. Thread-safe.
 */
public final class DocumentSearch {

    private static final long MOST_ROWS = 200_000;
    private static final int MOST_MATCHES = 20;

    private final CorpusRecords records;
    private final CorpusIndex index;

    public DocumentSearch(CorpusLayout corpus) {
        records = new CorpusRecords(corpus);
        index = new CorpusIndex(corpus, records);
    }

    /** The index, which each question has follow the log for up to {@value #MOST_ROWS} records. */
    public CorpusIndex index() {
        return index;
    }

    /**
     * Documents that have what was looked for.
     *
     * @param documents at most {@value #MOST_MATCHES}, in the order of the log
     * @param rows records of the corpus that are in the index
     * @param cut whether there are more than were looked at
     */
    public record Matches(List<StoredDocument> documents, long rows, boolean cut) {}

    /** Documents of an id, an address, an origin or a content hash. */
    public Matches named(String name) {
        boolean all = follow();
        List<StoredDocument> found = new ArrayList<>();
        List<RowPlace> places = places(name, Kind.ROW).map(Place::at).toList();
        visit(places.stream().limit(MOST_MATCHES).toList(), document -> {
            if (document.isNamed(name)) {
                found.add(document);
            }
        });
        return new Matches(found, index.state().records(), !all || places.size() > MOST_MATCHES);
    }

    /** Documents of that name that filters dropped, as far as rejects are kept. */
    public List<Stored<Reject>> rejects(String name) {
        return others(name, Kind.REJECT, records::rejects, CorpusRecords::names);
    }

    /** Records of that origin or key that were refused. */
    public List<Stored<DeadLetter>> letters(String name) {
        return others(name, Kind.DEAD_LETTER, records::letters, CorpusRecords::names);
    }

    /** What was said later of documents of that id, or by a record of that origin. */
    public List<Stored<DocumentChange>> changes(String name) {
        return others(name, Kind.CHANGE, records::changes, CorpusRecords::names);
    }

    /** What was taken out of the corpus. */
    public List<Takedown> takedowns() {
        return records.takedowns().all();
    }

    private boolean follow() {
        return index.follow(MOST_ROWS, (done, all, read) -> {});
    }

    private Stream<Place> places(String name, Kind kind) {
        return index.find(name).stream().filter(place -> place.kind() == kind);
    }

    private <T> List<Stored<T>> others(
            String name, Kind kind, BiConsumer<Others, BiConsumer<Long, T>> reader, Function<T, Stream<String>> names) {
        follow();
        List<Stored<T>> found = new ArrayList<>();
        Map<RowPlace, List<RowPlace>> files = places(name, kind)
                .map(Place::at)
                .limit(MOST_MATCHES)
                .collect(Collectors.groupingBy(DocumentSearch::file, LinkedHashMap::new, Collectors.toList()));
        files.forEach((file, places) -> others(file, kind)
                .ifPresent(named -> reader.accept(named, (record, what) -> {
                    boolean wanted = places.stream().anyMatch(place -> place.row() == record);
                    if (wanted && names.apply(what).anyMatch(name::equals)) {
                        found.add(new Stored<>(file.entry(), named.commit().createdAt(), what));
                    }
                })));
        return found;
    }

    private Optional<Others> others(RowPlace file, Kind kind) {
        return records.commit(file.entry()).stream()
                .flatMap(commit -> NamedFile.of(commit).stream())
                .filter(named -> named.kind() == kind && named.index() == file.shard())
                .map(Others.class::cast)
                .findFirst();
    }

    /** The first row of the file that a place is in. */
    static RowPlace file(RowPlace place) {
        return new RowPlace(place.entry(), place.shard(), 0);
    }

    /** Documents that steps learned from, by their ids: by their rows, where the journal tells them, else the first of the id. */
    Map<String, StoredDocument> find(Collection<Part> parts) {
        Map<String, StoredDocument> found = new HashMap<>();
        List<RowPlace> places = new ArrayList<>();
        for (Part part : parts) {
            part.row()
                    .ifPresentOrElse(
                            places::add,
                            () -> named(part.id()).documents().stream()
                                    .filter(document -> document.id().equals(part.id()))
                                    .findFirst()
                                    .ifPresent(document -> found.put(part.id(), document)));
        }
        visit(places, document -> found.putIfAbsent(document.id(), document));
        return found;
    }

    @FunctionalInterface
    private interface DocumentVisitor {
        void visit(StoredDocument document);
    }

    /** Visits the documents of rows, those of a shard together and in their order. */
    private void visit(List<RowPlace> places, DocumentVisitor visitor) {
        TakenOut out = records.takedowns().out();
        Map<RowPlace, List<RowPlace>> shards = places.stream()
                .sorted()
                .distinct()
                .collect(Collectors.groupingBy(DocumentSearch::file, LinkedHashMap::new, Collectors.toList()));
        shards.forEach((begin, rows) -> shard(begin)
                .filter(shard -> Files.isRegularFile(records.file(shard.file())))
                .ifPresent(shard -> records.heads(shard.file(), rows, (place, head) -> {
                    if (!out.has(head.row())) {
                        visitor.visit(StoredDocument.of(head, place, shard.committedAt()));
                    }
                })));
    }

    /**
     * A shard in the log.
     *
     * @param entry that names it
     * @param index within the entry
     * @param file what the entry says of it
     * @param commit the entry
     */
    record Shard(long entry, int index, ShardFile file, Commit commit) {

        Instant committedAt() {
            return commit.createdAt();
        }
    }

    /** The shard that a place is in, as it is now; empty if the log names none. */
    public Optional<ShardFile> file(StoredDocument document) {
        return shard(document.place()).map(shard -> records.current(shard.file()));
    }

    /** The shard that a place is in. */
    Optional<Shard> shard(RowPlace place) {
        return records.commit(place.entry())
                .filter(commit -> place.shard() < commit.shards().size())
                .map(commit ->
                        new Shard(place.entry(), place.shard(), commit.shards().get(place.shard()), commit));
    }

    /**
     * The tokens of a document; empty if there is no such row.
     *
     * @throws org.alluvium.contracts.error.MismatchException if they are not of this vocabulary
     */
    public Optional<int[]> tokens(RowPlace place, Vocabulary vocabulary) {
        Predicate<Path> exists = Files::isRegularFile;
        return shard(place)
                .map(shard -> records.file(shard.file()))
                .filter(exists)
                .flatMap(file -> tokens(file, place.row(), vocabulary));
    }

    private static Optional<int[]> tokens(Path file, long row, Vocabulary vocabulary) {
        try (ShardReader reader = ShardReader.open(file)) {
            reader.requireTokenizer(vocabulary);
            if (row >= reader.rows()) {
                return Optional.empty();
            }
            reader.skip(row);
            return Optional.of(reader.next().inputIds());
        }
    }
}
