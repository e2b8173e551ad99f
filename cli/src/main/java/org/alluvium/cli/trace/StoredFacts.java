package org.alluvium.cli.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.tokenizer.shard.ShardReader;

/** What a corpus says of a stored document, by names that people and programs read. */
public final class StoredFacts {

    private StoredFacts() {}

    /** Where it lies, where it came from, and what its shard was made with. */
    public static Map<String, Object> of(StoredDocument document, DocumentSearch search, CorpusLayout corpus) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("document", document.id());
        facts.put("source", document.source());
        facts.put("origin", document.origin());
        document.url().ifPresent(url -> facts.put("url", url));
        facts.put("eventTime", document.publishedAt());
        document.readAt().ifPresent(time -> facts.put("readAt", time));
        facts.put("committedAt", document.committedAt());
        document.language().ifPresent(language -> facts.put("language", language));
        facts.put("quality", document.quality());
        facts.put("contentHash", document.contentHash());
        facts.put("repeat", document.repeat());
        facts.put("tokens", document.tokens());
        facts.put("logEntry", document.place().entry());
        facts.put("shardIndex", document.place().shard());
        facts.put("shardRow", document.place().row());
        search.file(document).ifPresent(file -> facts.putAll(shard(file, corpus)));
        return facts;
    }

    private static Map<String, Object> shard(ShardFile file, CorpusLayout corpus) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("shard", file.path());
        try (ShardReader reader = ShardReader.open(corpus.file(file))) {
            ShardMetadata metadata = reader.metadata();
            facts.put("tokenizerDigest", metadata.tokenizerDigest());
            facts.put("rulesDigest", metadata.filterDigest());
            facts.put("codeVersion", metadata.codeVersion());
        }
        return facts;
    }
}
