package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.error.ConfigException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsConfigTest {

    private static final Offset<Double> ROUNDING = within(1e-9);

    private static WeightsConfig parse(String weights) {
        String sources = "sources: [{ name: a, path: a }, { name: b, path: b }, { name: c, path: c }]\n";
        return ConfigLoader.parse(
                        sources + "mixture: { weights: " + weights + " }\n", "test", Path.of("/data"), List.of())
                .mixture()
                .weights();
    }

    @Test
    void withoutWeightsEveryDocumentIsTrainedOnOnce() {
        assertThat(parse("{}").epochs()).isEmpty();
        assertThat(parse("{}").otherEpochs()).isEqualTo(1);
    }

    @Test
    void weightsAreSharesOfTheirSumInTheTokensOfTheTraining() {
        WeightsConfig weights = parse("{ tokens: 300e9, sources: [{ source: a, weight: 3, tokens: 100e9 },"
                + " { source: b, weight: 1, tokens: 25e9 }, { source: c, epochs: 0.5 }] }");

        assertThat(weights.epochs()).isEqualTo(Map.of("a", 2.25, "b", 3.0, "c", 0.5));
    }

    @Test
    void weightsOfZeroAreNoEpochs() {
        WeightsConfig weights =
                parse("{ tokens: 10, sources: [{ source: a, weight: 0, tokens: 5 }, { source: b, epochs: 0 }] }");

        assertThat(weights.epochs()).isEqualTo(Map.of("a", 0.0, "b", 0.0));
    }

    @Test
    void theTableOfGpt3ComesOutAsPublishedButForItsOwnRounding() {
        WeightsConfig weights = parse("{ tokens: 300e9, sources: [{ source: a, weight: 0.60, tokens: 410e9 },"
                + " { source: b, weight: 0.08, tokens: 55e9 }, { source: c, weight: 0.33, tokens: 34e9 }] }");

        assertThat(weights.epochs().get("a")).isEqualTo(0.60 / 1.01 * 300 / 410, ROUNDING); // published: 0.44
        assertThat(weights.epochs().get("b")).isEqualTo(0.08 / 1.01 * 300 / 55, ROUNDING); // published: 0.43
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ sources: [{ source: d, epochs: 1 }] } | sources[0].source | no source is called so",
                "{ sources: [{ source: a, epochs: 1 }, { source: a, epochs: 2 }] } | sources[1].source | is 'a' again",
                "{ sources: [{ source: a }] } | sources[0] | has neither epochs nor a weight",
                "{ tokens: 9, sources: [{ source: a, epochs: 1, weight: 1, tokens: 1 }] } | sources[0] | has both",
                "{ tokens: 9, sources: [{ source: a, weight: 1 }] } | sources[0] | has a weight but no tokens",
                "{ sources: [{ source: a, epochs: 1, tokens: 9 }] } | sources[0] | has tokens but no weight",
                "{ sources: [{ source: a, weight: 1, tokens: 9 }] } | tokens | is missing",
                "{ tokens: 9001, sources: [{ source: a, weight: 1, tokens: 9 }] } | sources | ask for 1000 epochs of 'a'",
                "{ sources: [{ source: a, epochs: 1001 }] } | sources[0].epochs | is '1001'"
            })
    void whatDoesNotFitIsRefusedWhereItStands(String weights, String key, String what) {
        assertThatThrownBy(() -> parse(weights))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("test:2:")
                .hasMessageContaining("key 'mixture.weights." + key + "'")
                .hasMessageContaining(what);
    }
}
