package org.alluvium.cli.trace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.corpus.Opinions;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.flink.job.FilterPolicy;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.FilterChain.Explanation;
import org.alluvium.ingest.filter.FilterChain.Opinion;
import org.alluvium.ingest.recipe.Recipe;

/**
 * What the configured filters say of documents that a corpus has. Their verdicts were not kept, but come to the same as long as the
 * rules are those that a document's shard was made by: a verdict depends on document and rules alone. The document is as its row
 * has it, that is after the changes that filters made, and without attributes that only its source knew. Used by one thread.
 */
public final class Verdicts {

    private final AlluviumConfig config;
    private Optional<FilterChain> filters = Optional.empty(); // dear to make, and not wanted where the rules are others

    public Verdicts(AlluviumConfig config) {
        this.config = config;
    }

    /**
     * A verdict.
     *
     * @param opinions of all filters that are concerned; empty if the filters were not asked
     * @param words {@code passes}, {@code rejected: filter.reason}, or why they were not asked
     */
    public record Verdict(Optional<List<Opinion>> opinions, String words) {

        /** By names that programs read. */
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("verdict", words);
            opinions.ifPresent(all ->
                    fields.put("filters", all.stream().map(Opinions::fields).toList()));
            return fields;
        }
    }

    /**
     * The verdict on a stored document.
     *
     * @param text of it, decoded from its tokens
     * @param rulesDigest of the shard that has it
     */
    public Verdict of(StoredDocument document, String text, String rulesDigest) {
        try {
            String configured = FilterPolicy.digest(config);
            if (!configured.equals(rulesDigest)) {
                return unknown(
                        "the shard was made by the rules " + rulesDigest + ", the configured ones are " + configured);
            }
            return said(chain().explain(document(document, text)));
        } catch (
                AlluviumException
                        e) { // as when a file of the rules is not on this machine; all else is known all the same
            return unknown(e.getMessage());
        }
    }

    private FilterChain chain() {
        if (filters.isEmpty()) {
            filters = Optional.of(Recipe.of(config.filters()));
        }
        return filters.get();
    }

    private static Document document(StoredDocument stored, String text) {
        return new Document(
                stored.id(),
                stored.source(),
                stored.origin(),
                stored.url(),
                text,
                Instant.parse(stored.publishedAt()).toEpochMilli(),
                stored.language(),
                Map.of());
    }

    private static Verdict said(Explanation explanation) {
        return new Verdict(Optional.of(explanation.opinions()), Opinions.words(explanation.judgement()));
    }

    private static Verdict unknown(String why) {
        return new Verdict(Optional.empty(), "not known: " + why);
    }
}
