package org.alluvium.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.command.FewWords;
import org.alluvium.cli.trace.Verdicts.Verdict;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.flink.job.FilterPolicy;
import org.alluvium.ingest.filter.Finding;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private static final StoredDocument DOCUMENT = new StoredDocument(
            "d1",
            "crawl",
            "a.jsonl@0",
            Optional.empty(),
            Optional.of("en"),
            1,
            "0".repeat(32),
            1,
            4,
            "2026-01-01T00:00:00Z",
            Optional.empty(),
            "2026-01-01T00:00:10Z",
            new RowPlace(0, 0, 0));

    @Test
    void aDocumentIsJudgedAgainByTheRulesOfItsShard() {
        AlluviumConfig filters =
                filters("custom: [{type: %s, options: {least: \"3\"}}]".formatted(FewWords.class.getName()));
        Verdict verdict = new Verdicts(filters).of(DOCUMENT, "three words here", FilterPolicy.digest(filters));
        assertThat(verdict.words()).isEqualTo("passes");
        assertThat(verdict.fields())
                .containsEntry(
                        "filters",
                        List.of(Map.of(
                                "filter",
                                "few_words",
                                "findings",
                                List.of(Map.of(
                                        "rule",
                                        "too_few",
                                        "value",
                                        3.0,
                                        "bound",
                                        Finding.Bound.AT_LEAST,
                                        "threshold",
                                        3.0)),
                                "decision",
                                "keep")));
        assertThat(new Verdicts(filters)
                        .of(DOCUMENT, "two words", FilterPolicy.digest(filters))
                        .words())
                .isEqualTo("rejected: few_words.too_few");
    }

    @Test
    void otherRulesAreNotAsked() {
        AlluviumConfig filters = filters("");
        Verdict verdict = new Verdicts(filters).of(DOCUMENT, "two words", "f".repeat(64));
        assertThat(verdict.opinions()).isEmpty();
        assertThat(verdict.words())
                .startsWith("not known: the shard was made by the rules ffff")
                .endsWith("the configured ones are " + FilterPolicy.digest(filters));
    }

    @Test
    void rulesThatAreNotHereAreSaidToBeMissing() {
        Verdict verdict =
                new Verdicts(filters("quality: {model: nowhere.model}")).of(DOCUMENT, "two words", "f".repeat(64));
        assertThat(verdict.words()).startsWith("not known: ").contains("nowhere.model");
    }

    private static AlluviumConfig filters(String yaml) {
        return ConfigLoader.parse("filters: {" + yaml + "}", "test", Path.of("."), List.of());
    }
}
