package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;
import org.junit.jupiter.api.Test;

class FilterChecksTest {

    @Test
    void aRuleSetHasThePublishedThresholdsUntilSomeAreGiven() {
        FiltersConfig filters = load("""
                filters:
                  rules:
                    - languages: [de]
                      families: [gopher_quality]
                      gopherQuality: {stopWords: [der, die, und], minStopWords: 1}
                    - {}
                """);

        assertThat(filters.rules()).hasSize(2);
        assertThat(filters.rules().get(0).gopherQuality().stopWords()).containsExactly("der", "die", "und");
        assertThat(filters.rules().get(0).gopherQuality().minWords()).isEqualTo(50);
        assertThat(filters.rules().get(1).families())
                .containsExactly(
                        RuleSetConfig.Family.GOPHER_REPETITION,
                        RuleSetConfig.Family.GOPHER_QUALITY,
                        RuleSetConfig.Family.C4_QUALITY,
                        RuleSetConfig.Family.FINEWEB_QUALITY);
    }

    @Test
    void aRuleSetThatNoDocumentCouldReachIsRefused() {
        assertThatThrownBy(() -> load("filters: {rules: [{languages: [de, fr]}, {languages: [fr]}, {}, {}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'filters.rules[1].languages': has 'fr', which filters.rules[0] has already")
                .hasMessageContaining("'filters.rules[3].languages': is empty as in filters.rules[2]");
    }

    @Test
    void aRuleSetForPartOfALanguageThatAnEarlierOneHasWholeIsRefused() {
        assertThatThrownBy(() -> load("filters: {rules: [{languages: [en, zh]}, {languages: [ZH-Hant]}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "'filters.rules[1].languages': has 'ZH-Hant', which 'zh' of filters.rules[0] means already");
        assertThat(load("filters: {rules: [{languages: [zh-Hant]}, {languages: [zh]}, {}]}")
                        .rules())
                .hasSize(3);
    }

    @Test
    void languagesCanOnlyBeKeptWhereTheyAreIdentified() {
        assertThatThrownBy(() -> load("filters: {language: {keep: [de]}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'filters.language.identify': is false");
        assertThat(load("filters: {language: {identify: true, keep: [de]}}")
                        .language()
                        .keep())
                .containsExactly("de");
    }

    private static FiltersConfig load(String yaml) {
        return ConfigLoader.parse(yaml, "test", Path.of("/data"), List.of()).filters();
    }
}
