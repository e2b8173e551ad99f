package org.alluvium.dashboard.lineage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.dashboard.lineage.DocumentSearch.Shard;
import org.alluvium.dashboard.lineage.JournalSearch.Part;

/**
 * What some steps learned from.
 *
 * @param shards in the order of the log
 * @param documents in the order in which they were learned from
 * @param missing documents that no shard was found of
 */
public record Learned(List<Consumed> shards, List<Document> documents, long missing) {

    private static final int MOST_DOCUMENTS = 2_000;

    /**
     * A shard, and what the steps took of it.
     *
     * @param path of the file, in the corpus
     * @param sequence of the log entry that brought it
     * @param committedAt when that was created
     * @param rows of the shard
     * @param firstRow the first that was taken
     * @param lastRow the last one
     * @param documents that were taken
     * @param tokensBySource that were taken, by source
     */
    public record Consumed(
            String path,
            long sequence,
            String committedAt,
            long rows,
            long firstRow,
            long lastRow,
            long documents,
            Map<String, Long> tokensBySource) {}

    /**
     * A document, and what the steps took of it.
     *
     * @param id of the document
     * @param from the first token
     * @param tokens how many
     * @param stored how its shard has it, if that was found
     */
    public record Document(String id, long from, long tokens, Optional<StoredDocument> stored) {}

    /** Of steps. */
    public static Learned of(JournalSearch.Found steps, Optional<DocumentSearch> corpus) {
        Map<String, Part> parts = new LinkedHashMap<>();
        steps.steps().stream()
                .flatMap(step -> step.documents().stream())
                .filter(part -> parts.size() < MOST_DOCUMENTS || parts.containsKey(part.id()))
                .forEach(part -> parts.merge(part.id(), part, Part::and));
        Map<String, StoredDocument> stored =
                corpus.map(search -> search.find(parts.values())).orElse(Map.of());
        List<Document> documents = parts.values().stream()
                .map(part ->
                        new Document(part.id(), part.from(), part.tokens(), Optional.ofNullable(stored.get(part.id()))))
                .toList();
        return new Learned(
                corpus.map(search -> shards(documents, search)).orElse(List.of()),
                documents,
                parts.size() - stored.size());
    }

    private static List<Consumed> shards(List<Document> documents, DocumentSearch search) {
        Map<RowPlace, List<Document>> members = new TreeMap<>();
        for (Document document : documents) {
            document.stored()
                    .ifPresent(stored -> members.computeIfAbsent(
                                    DocumentSearch.file(stored.place()), each -> new ArrayList<>())
                            .add(document));
        }
        return members.entrySet().stream()
                .flatMap(each -> search.shard(each.getKey()).stream().map(shard -> consumed(shard, each.getValue())))
                .toList();
    }

    private static Consumed consumed(Shard shard, List<Document> documents) {
        Map<String, Long> tokens = new TreeMap<>();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (Document document : documents) {
            StoredDocument stored = document.stored().orElseThrow();
            tokens.merge(stored.source(), document.tokens(), Long::sum);
            first = Math.min(first, stored.place().row());
            last = Math.max(last, stored.place().row());
        }
        Instant committedAt = shard.committedAt();
        return new Consumed(
                shard.file().path(),
                shard.entry(),
                committedAt.toString(),
                shard.file().rows(),
                first,
                last,
                documents.size(),
                tokens);
    }
}
