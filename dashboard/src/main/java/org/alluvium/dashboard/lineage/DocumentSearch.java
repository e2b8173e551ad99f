package org.alluvium.dashboard.lineage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.dashboard.lineage.ShardCatalog.Shard;
import org.alluvium.dashboard.lineage.StoredDocument.Place;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardReader;

/**
 * Looks for documents in a corpus' shards, likeliest shards first; what was taken down is passed over. Shards have no index, so that no more than {@value #MOST_ROWS}
 * rows are read for a question. Shards that are not there, as in a copy of a part, are passed over. Thread-safe.
 */
public final class DocumentSearch {

    private static final long MOST_ROWS = 200_000;
    private static final int MOST_MATCHES = 20;

    private final CorpusFiles files;
    private final ShardCatalog catalog;

    public DocumentSearch(CorpusLayout corpus) {
        this.files = new CorpusFiles(corpus);
        catalog = new ShardCatalog(corpus);
    }

    /**
     * Documents that have what was looked for.
     *
     * @param documents at most {@value #MOST_MATCHES}
     * @param rows that were looked at
     * @param cut whether there are more rows than are looked at
     */
    public record Matches(List<StoredDocument> documents, long rows, boolean cut) {}

    /** Documents of an id, an address, an origin or a content hash. */
    public Matches named(String name, Whereabouts where) {
        List<StoredDocument> found = new ArrayList<>();
        long[] rows = {0};
        boolean all = scan(where, (row, place) -> {
            rows[0]++;
            if (row.documentId().equals(name)
                    || row.url().filter(name::equals).isPresent()
                    || row.origin().equals(name)
                    || row.contentHash().toString().equals(name)) {
                found.add(StoredDocument.of(row, place));
            }
            return found.size() < MOST_MATCHES;
        });
        return new Matches(found, rows[0], !all);
    }

    /** Documents by their ids, of each the first that is found. */
    Map<String, StoredDocument> find(Set<String> ids, Whereabouts where) {
        Map<String, StoredDocument> found = new HashMap<>();
        Set<String> missing = new HashSet<>(ids);
        scan(where, (row, place) -> {
            if (missing.remove(row.documentId())) {
                found.put(row.documentId(), StoredDocument.of(row, place));
            }
            return !missing.isEmpty();
        });
        return found;
    }

    @FunctionalInterface
    private interface RowVisitor {

        /** Looks at a row, and says whether to go on. */
        boolean visit(ShardRow row, Place place);
    }

    /** Whether everything was looked at that could be. */
    private boolean scan(Whereabouts where, RowVisitor visitor) {
        long left = MOST_ROWS;
        TakenOut out = files.takedowns().out();
        for (Shard shard : catalog.near(where)) {
            Path file = files.file(shard.file());
            if (Files.isRegularFile(file)) {
                try (ShardReader reader = ShardReader.open(file)) {
                    while (reader.hasNext()) {
                        Place place = new Place(shard.sequence(), shard.index(), reader.position());
                        if (left-- == 0) {
                            return false;
                        }
                        ShardRow row = reader.next();
                        if (!out.has(row) && !visitor.visit(row, place)) {
                            return true;
                        }
                    }
                }
            }
        }
        return true;
    }

    /** The shard that a place is in, as it is now; empty if the log names none. */
    public Optional<ShardFile> file(Place place) {
        return shard(place).map(shard -> files.current(shard.file()));
    }

    /** The shard that a place is in. */
    Optional<Shard> shard(Place place) {
        return catalog.find(place);
    }

    /**
     * The tokens of a document; empty if there is no such row.
     *
     * @throws org.alluvium.contracts.error.MismatchException if they are not of this vocabulary
     */
    public Optional<int[]> tokens(Place place, Vocabulary vocabulary) {
        Predicate<Path> exists = Files::isRegularFile;
        return shard(place)
                .map(shard -> files.file(shard.file()))
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
