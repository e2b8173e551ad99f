package org.alluvium.contracts.takedown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardRow;

/**
 * Which documents are out of the corpus: what any of the selectors of some takedowns selects, asked of millions of documents.
 * Immutable.
 */
public final class TakenOut {

    /** Nothing is. */
    public static final TakenOut NOTHING = new TakenOut(List.of());

    private final List<Selector> all;
    private final Map<String, List<Selector.Id>> ids = new HashMap<>();
    private final Set<String> sources = new HashSet<>();
    private final Set<ContentHash> hashes = new HashSet<>();
    private final List<Selector.UrlPrefix> prefixes = new ArrayList<>();

    private TakenOut(List<Selector> all) {
        this.all = List.copyOf(all);
        for (Selector selector : all) {
            if (selector instanceof Selector.Id id) {
                ids.computeIfAbsent(id.id(), key -> new ArrayList<>()).add(id);
            } else if (selector instanceof Selector.Source source) {
                sources.add(source.name());
            } else if (selector instanceof Selector.Content content) {
                hashes.add(content.hash());
            } else if (selector instanceof Selector.UrlPrefix prefix) {
                prefixes.add(prefix);
            }
        }
    }

    /** What takedowns select. */
    public static TakenOut of(List<Takedown> takedowns) {
        List<Selector> all = takedowns.stream()
                .flatMap(takedown -> takedown.selectors().stream())
                .toList();
        return all.isEmpty() ? NOTHING : new TakenOut(all);
    }

    /** These and what further selectors select. */
    public TakenOut and(Collection<? extends Selector> further) {
        List<Selector> together = new ArrayList<>(all);
        together.addAll(further);
        return further.isEmpty() ? this : new TakenOut(together);
    }

    /** Whether nothing is out. */
    public boolean isNothing() {
        return all.isEmpty();
    }

    /** The selectors, in the order of their takedowns. */
    public List<Selector> selectors() {
        return all;
    }

    /** Whether a row is, or is the hole of one that was. */
    public boolean has(ShardRow row) {
        return row.isHole() || has(row.documentId(), row.source(), row.url(), row.contentHash());
    }

    /** Whether a document is. */
    public boolean has(String id, String source, Optional<String> url, ContentHash hash) {
        if (all.isEmpty()) {
            return false;
        }
        return hashes.contains(hash)
                || sources.contains(source)
                || ids.getOrDefault(id, List.of()).stream().anyMatch(by -> by.selects(id, source, url, hash))
                || (url.isPresent() && prefixes.stream().anyMatch(by -> by.selects(id, source, url, hash)));
    }
}
