package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The configurations that docs/quality.md shows. */
class QualityPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);

    private static List<AlluviumConfig> examples() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "quality.md"));
        return EXAMPLE.matcher(page)
                .results()
                .map((MatchResult example) -> example.group(1))
                .map(yaml -> ConfigLoader.parse(yaml, "docs/quality.md", Path.of("/data"), List.of()))
                .toList();
    }

    @Test
    void everyExampleCanBeUsedAsItStands() throws IOException {
        assertThat(examples())
                .isNotEmpty()
                .allSatisfy(config -> assertThat(config.filters()).isNotNull());
    }

    @Test
    void theMixtureOfGpt3HasTheEpochsThatThePageNames() throws IOException {
        WeightsConfig weights = examples().stream()
                .map(config -> config.mixture().weights())
                .filter(mixture -> !mixture.sources().isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(weights.epochs().values().stream().map("%.2f"::formatted))
                .containsExactly(
                        "1.98", "0.43", "0.43", "3.44", "2.97"); // by name: books1, books2, web, webtext, wikipedia
    }
}
