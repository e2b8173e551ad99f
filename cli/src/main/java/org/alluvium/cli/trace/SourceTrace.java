package org.alluvium.cli.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.corpus.Opinions;
import org.alluvium.cli.corpus.SourceSearch;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.recipe.Recipe;
import org.alluvium.ingest.text.ContentHasher;

/**
 * Why a document that is in a local folder of the sources is not in the corpus: it is judged again, and what passes is looked for
 * by the hash of its text. Ingest counts exact duplicates and keeps no record of them, so this is how one is found.
 */
public final class SourceTrace {

    private SourceTrace() {}

    /** What is known of a document by its id; empty if no local folder of the sources has it. Reads the sources. */
    public static Optional<Map<String, Object>> of(String id, AlluviumConfig config, DocumentSearch corpus) {
        return new SourceSearch(config.sources(), config.ingest().maxLineBytes())
                .find(id)
                .map(document -> explained(document, config, corpus));
    }

    private static Map<String, Object> explained(Document document, AlluviumConfig config, DocumentSearch corpus) {
        Judgement judgement = Recipe.of(config.filters()).judge(document);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("became", "in the source alone");
        fields.put("document", document.id());
        fields.put("source", document.source());
        fields.put("origin", document.origin());
        fields.put("verdict", Opinions.words(judgement));
        if (judgement instanceof Judgement.Passed passed) {
            String hash = ContentHasher.v1(passed.subject().text()).toString();
            List<String> same = corpus.named(hash).documents().stream()
                    .map(StoredDocument::id)
                    .toList();
            fields.put("contentHash", hash);
            if (same.isEmpty()) {
                fields.put(
                        "why",
                        "it passes the configured filters, and no document has its text: it was not read yet, or is"
                                + " much like another one");
            } else {
                fields.put("became", "duplicate");
                fields.put("duplicateOf", same);
            }
        }
        return fields;
    }
}
