package org.alluvium.ingest.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.FiltersConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.filter.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {

    @TempDir
    Path folder;

    @Test
    void nothingConfiguredLetsEverythingPass() {
        assertThat(Recipe.of(load("")).judge(document("x"))).isInstanceOf(Judgement.Passed.class);
    }

    @Test
    void aFilterOfOnesOwnTakesOneClassAndOneLine() {
        FiltersConfig config =
                load("filters: {custom: [{type: %s, options: {limit: 3}}]}".formatted(name(Limit.class)));

        assertThat(Recipe.of(config).judge(document("abc"))).isInstanceOf(Judgement.Passed.class);
        assertThat(Recipe.of(config).judge(document("abcd")))
                .isInstanceOfSatisfying(Judgement.Rejected.class, rejected -> {
                    assertThat(rejected.filter()).isEqualTo("limit");
                    assertThat(rejected.drop().findings()).containsExactly(Finding.atMost("too_long", 4, 3));
                });
    }

    @Test
    void filtersAreAskedInOneOrder() throws IOException {
        Files.writeString(folder.resolve("domains"), "example.org\n");
        FiltersConfig config = load("""
                filters:
                  pii: {email: redact}
                  custom: [{type: %s, options: {limit: 3}}]
                  rules: [{families: [fineweb_quality, c4_quality]}]
                  url: {domains: [domains]}
                  language: {identify: true}
                """.formatted(name(Limit.class)));

        assertThat(Recipe.of(config).explain(document("abc")).opinions())
                .extracting(FilterChain.Opinion::filter)
                .containsExactly("url", "language", "fineweb_quality", "c4_quality", "limit", "pii");
    }

    @Test
    void aDocumentIsJudgedByTheSetOfItsLanguage() {
        FiltersConfig config = load("""
                filters:
                  rules:
                    - {families: [gopher_quality]}
                    - {languages: [zh, de], families: [gopher_quality], gopherQuality: {minWords: 3, minStopWords: 0}}
                """);

        assertThat(reason(config, "de", "Drei gute Wörter")).isEqualTo("kept");
        assertThat(reason(config, "zh-Hant", "這是非常好的")).isEqualTo("gopher_below_avg_threshold");
        assertThat(reason(config, "den", "Drei gute Wörter")).isEqualTo("gopher_short_doc");
        assertThat(Recipe.of(config).judge(document("Drei gute Wörter"))).isInstanceOf(Judgement.Rejected.class);
    }

    @Test
    void aLanguageThatNoSetIsMeantForIsNotJudged() {
        FiltersConfig config = load("filters: {rules: [{languages: [de]}]}");

        assertThat(reason(config, "en", "short")).isEqualTo("kept");
        assertThat(reason(config, "de", "kurz")).isEqualTo("gopher_short_doc");
    }

    private static String reason(FiltersConfig config, String language, String text) {
        Judgement judgement = Recipe.of(config).judge(document(text).withLanguage(language));
        return judgement instanceof Judgement.Rejected rejected
                ? rejected.drop().reason()
                : "kept";
    }

    @Test
    void whatCannotBeAFilterIsSaidAtOnce() {
        assertRefused("{type: org.example.Nowhere}", "the filter org.example.Nowhere cannot be loaded");
        assertRefused("{type: java.lang.String}", "is not a " + Filter.class.getName());
        assertRefused("{type: %s, options: {limit: many}}".formatted(name(Limit.class)), "refuses its options");
        assertRefused(
                "{type: %s, options: {a: b}}".formatted(name(NoOptions.class)),
                "has no public constructor that takes options");
    }

    @Test
    void theDigestIsThatOfTheConfigurationAndOfTheFilesItNames() throws IOException {
        Path list = Files.writeString(folder.resolve("domains"), "example.org\n");
        FiltersConfig named = load("filters: {url: {domains: [domains]}}");
        String before = Recipe.digest(named);

        assertThat(Recipe.digest(named)).isEqualTo(before).isNotEqualTo(Recipe.digest(load("")));
        Files.writeString(list, "example.com\n");
        assertThat(Recipe.digest(named)).isNotEqualTo(before);
        Files.delete(list);
        assertThatThrownBy(() -> Recipe.digest(named))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(list.toString());
    }

    @Test
    void theConfigurationReachesATaskAsItIs() {
        FiltersConfig config = load("""
                filters:
                  url: {domains: [domains]}
                  rules: [{languages: [de], families: [c4_quality], c4Quality: {unit: sentences}}]
                  custom: [{type: org.example.A, options: {b: c}}]
                """);

        assertThat(ConfigJson.read(ConfigJson.write(config), FiltersConfig.class))
                .isEqualTo(config);
    }

    private void assertRefused(String custom, String message) {
        assertThatThrownBy(() -> Recipe.of(load("filters: {custom: [" + custom + "]}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private FiltersConfig load(String yaml) {
        return ConfigLoader.parse(yaml, "test", folder, List.of()).filters();
    }

    private static String name(Class<?> type) {
        return '"' + type.getName() + '"';
    }

    private static Document document(String text) {
        return new Document("id", "source", "file@0", Optional.empty(), text, 0, Optional.empty(), Map.of());
    }

    /** A filter as a user may write it. */
    public static final class Limit implements Filter {

        private final int limit;

        public Limit(Map<String, String> options) {
            limit = Integer.parseInt(options.get("limit"));
        }

        @Override
        public String name() {
            return "limit";
        }

        @Override
        public Decision judge(Subject subject) {
            List<Finding> findings = examine(subject);
            return findings.get(0).fails() ? new Decision.Drop("too_long", "", findings) : Decision.KEEP;
        }

        @Override
        public List<Finding> examine(Subject subject) {
            return List.of(Finding.atMost("too_long", subject.text().length(), limit));
        }
    }

    /** Another that has nothing to configure. */
    public static final class NoOptions implements Filter {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public Decision judge(Subject subject) {
            return Decision.KEEP;
        }

        @Override
        public List<Finding> examine(Subject subject) {
            return List.of();
        }
    }
}
