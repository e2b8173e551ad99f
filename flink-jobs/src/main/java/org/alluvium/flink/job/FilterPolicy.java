package org.alluvium.flink.job;

import java.time.Duration;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.DedupConfig;
import org.alluvium.contracts.config.FieldsConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.ingest.recipe.Recipe;

/**
 * Everything that decides which records become rows and how their text is changed. Its digest goes into every shard, so
 * that two shards with one digest were made by the same rules.
 *
 * @param normalizer version of the text's normal form
 * @param filters digest of the filters
 * @param exactDedup algorithm of exact deduplication
 * @param dedupTtl how long a text is remembered
 * @param dedup what is left out beside equal texts
 * @param maxLineBytes longest line that is read
 * @param sources how each source's records are parsed
 */
public record FilterPolicy(
        String normalizer,
        String filters,
        String exactDedup,
        Duration dedupTtl,
        DedupConfig dedup,
        long maxLineBytes,
        List<SourceRules> sources) {

    private static final String NORMALIZER = "repaired-nfc-lines-v2";
    private static final String EXACT_DEDUP = "xxh3-128-v1";

    /** The part of a source's configuration that decides what becomes of its records. */
    public record SourceRules(String name, SourceConfig.Format format, FieldsConfig fields) {

        static SourceRules of(SourceConfig source) {
            return new SourceRules(source.name(), source.format(), source.fields());
        }
    }

    /** The digest that the shards of a job with this configuration have. */
    public static String digest(AlluviumConfig config) {
        return of(config).digest();
    }

    static FilterPolicy of(AlluviumConfig config) {
        List<SourceRules> sources =
                config.sources().stream().map(SourceRules::of).toList();
        return new FilterPolicy(
                NORMALIZER,
                Recipe.digest(config.filters()),
                EXACT_DEDUP,
                config.ingest().dedupTtl(),
                config.dedup(),
                config.ingest().maxLineBytes(),
                sources);
    }

    /** How this release reads texts: names of everything that no key decides. */
    static String reading() {
        return NORMALIZER + ", " + EXACT_DEDUP + ", filters-v" + Recipe.VERSION;
    }

    String digest() {
        return ConfigDigest.of(this);
    }
}
