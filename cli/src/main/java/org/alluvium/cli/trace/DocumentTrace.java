package org.alluvium.cli.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.alluvium.cli.corpus.Opinions;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.Selector;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.Stored;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.reject.Reject;

/**
 * What became of the documents of a name, by names that people and programs read: each is a map whose {@code became} is one of {@code
 * kept}, {@code dropped}, {@code refused} and {@code taken down}. Used by one thread.
 */
public final class DocumentTrace {

    private final DocumentSearch search;
    private final JournalSearch journal;
    private final Function<StoredDocument, Map<String, Object>> facts;

    /**
     * A trace.
     *
     * @param facts what else is told of a document that was kept
     */
    public DocumentTrace(
            DocumentSearch search, JournalSearch journal, Function<StoredDocument, Map<String, Object>> facts) {
        this.search = search;
        this.journal = journal;
        this.facts = facts;
    }

    /** All of an id, an address, an origin or a content hash; nothing if there is none. */
    public List<Map<String, Object>> of(String name) {
        List<Map<String, Object>> all = new ArrayList<>();
        search.named(name).documents().forEach(document -> all.add(kept(document)));
        search.rejects(name).forEach(reject -> all.add(dropped(reject)));
        search.letters(name).forEach(letter -> all.add(refused(letter)));
        search.takedowns().stream()
                .filter(takedown -> takedown.selectors().stream().anyMatch(selector -> selects(selector, name)))
                .forEach(takedown -> all.add(takenDown(takedown, name)));
        return all;
    }

    private Map<String, Object> kept(StoredDocument document) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("became", "kept");
        fields.putAll(facts.apply(document));
        List<Map<String, Object>> changes = search.changes(document.id()).stream()
                .filter(change -> change.entry() >= document.place().entry()
                        && change.record().source().equals(document.source())
                        && change.record().id().equals(document.id()))
                .map(DocumentTrace::change)
                .toList();
        if (!changes.isEmpty()) {
            fields.put("changes", changes);
        }
        JournalSearch.Found learned = journal.document(document.id());
        fields.put("steps", steps(learned, Optional.of(document)));
        if (learned.cut()) {
            fields.put("stepsCut", true);
        }
        return fields;
    }

    /** Steps that learned from a document; two versions of one have one id, and lie in different rows. */
    private static List<Map<String, Object>> steps(JournalSearch.Found found, Optional<StoredDocument> document) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (JournalSearch.Step step : found.steps()) {
            for (JournalSearch.Part part : step.documents()) {
                boolean other = document.isPresent()
                        && part.row().isPresent()
                        && !part.row().get().equals(document.get().place());
                if (!other) {
                    all.add(step(step, part));
                }
            }
        }
        return all;
    }

    private static Map<String, Object> step(JournalSearch.Step step, JournalSearch.Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step.step());
        fields.put("from", part.from());
        fields.put("tokens", part.tokens());
        part.lossSum().ifPresent(sum -> {
            fields.put("lossSum", sum);
            fields.put("lossPerToken", sum / part.tokens());
        });
        if (part.replay()) {
            fields.put("replay", true);
        }
        if (!step.skipped().isEmpty()) {
            fields.put("skipped", step.skipped());
        }
        return fields;
    }

    private static Map<String, Object> change(Stored<DocumentChange> change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", change.record().kind().name().toLowerCase(Locale.ROOT));
        fields.put("by", change.record().origin());
        fields.put("logEntry", change.entry());
        fields.put("committedAt", change.committedAt().toString());
        return fields;
    }

    private static Map<String, Object> dropped(Stored<Reject> stored) {
        Reject reject = stored.record();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("became", "dropped");
        fields.put("document", reject.document().id());
        fields.put("source", reject.document().source());
        fields.put("origin", reject.document().origin());
        reject.document().url().ifPresent(url -> fields.put("url", url));
        fields.put("contentHash", reject.hash().toString());
        fields.put("droppedBy", reject.filter());
        fields.put("reason", reject.reason());
        fields.put("detail", reject.detail());
        fields.put("logEntry", stored.entry());
        fields.put("committedAt", stored.committedAt().toString());
        fields.put("findings", reject.findings().stream().map(Opinions::fields).toList());
        return fields;
    }

    private static Map<String, Object> refused(Stored<DeadLetter> stored) {
        DeadLetter letter = stored.record();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("became", "refused");
        fields.put("source", letter.source());
        fields.put("origin", letter.origin());
        letter.key().ifPresent(key -> fields.put("key", key));
        fields.put("reason", letter.reason().toString());
        fields.put("detail", letter.detail());
        fields.put("attempt", letter.attempt());
        fields.put("logEntry", stored.entry());
        fields.put("committedAt", stored.committedAt().toString());
        return fields;
    }

    /** The row is a hole, and nothing of it is told but which steps had learned from a document of that id. */
    private Map<String, Object> takenDown(Takedown takedown, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("became", "taken down");
        fields.put(
                "selectors",
                takedown.selectors().stream()
                        .filter(selector -> selects(selector, name))
                        .map(Selector::words)
                        .toList());
        fields.put("reason", takedown.reason());
        fields.put("logEntry", takedown.sequence());
        fields.put("committedAt", takedown.createdAt().toString());
        JournalSearch.Found learned = journal.document(name);
        fields.put("steps", steps(learned, Optional.empty()));
        if (learned.cut()) {
            fields.put("stepsCut", true);
        }
        return fields;
    }

    /** Whether a selector is about whatever has the name. */
    private static boolean selects(Selector selector, String name) {
        return switch (selector) {
            case Selector.Id id -> id.id().equals(name);
            case Selector.UrlPrefix prefix ->
                name.contains("/") && prefix.selects("", "", Optional.of(name), new ContentHash(0, 0));
            case Selector.Source _ -> false; // which documents were of a source is not known any more
            case Selector.Content content -> content.hash().toString().equals(name);
        };
    }
}
