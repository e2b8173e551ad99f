package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.log.Family;
import org.alluvium.tokenizer.document.TokenizerRecipe;

/**
 * What a configuration makes rows with, in parts, so that it can be told which of them has changed. Parts that are as by default
 * are left out: a filter that a later release adds, and that is off, changes no family. What is no part of it may change at any
 * time: which sources there are, how records become documents, how often these are trained on, and everything about speed.
 */
final class FamilyRecipe {

    /** The part that no key decides: how this release understands all others. */
    private static final String RELEASE = "the release's reading of texts";

    private FamilyRecipe() {}

    static Family of(AlluviumConfig config, TokenizerRecipe tokenizer) {
        AlluviumConfig byDefault =
                ConfigLoader.parse("{}", "defaults", Path.of("").toAbsolutePath(), List.of());
        SortedMap<String, String> rules = new TreeMap<>(parts(config));
        rules.entrySet().removeAll(parts(byDefault).entrySet());
        rules.put(RELEASE, FilterPolicy.reading());
        for (SourceConfig source : config.sources()) {
            rules.put(Family.SOURCES + source.name(), ConfigDigest.of(FilterPolicy.SourceRules.of(source)));
        }
        return new Family(config.corpus().family(), tokenizer.digest(), tokenizer.addBos(), tokenizer.addEos(), rules);
    }

    private static Map<String, String> parts(AlluviumConfig config) {
        SortedMap<String, String> parts = new TreeMap<>();
        ConfigDigest.ofParts(config.filters()).forEach((part, digest) -> parts.put("filters." + part, digest));
        ConfigDigest.ofParts(config.dedup()).forEach((part, digest) -> parts.put("dedup." + part, digest));
        parts.put("ingest.dedupTtl", config.ingest().dedupTtl().toString());
        return parts;
    }
}
