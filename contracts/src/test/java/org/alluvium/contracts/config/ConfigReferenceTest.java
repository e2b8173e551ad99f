package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theReferenceInTheDocumentationIsUpToDate() throws IOException {
        assertUpToDate("configuration.md", ConfigReference.markdown());
    }

    @Test
    void theExampleInTheDocumentationIsUpToDate() throws IOException {
        assertUpToDate("alluvium.example.yaml", ConfigReference.exampleYaml());
    }

    @Test
    void theExampleIsTheDefaultsWithOneSource() {
        Path base = Path.of("/data");
        AlluviumConfig defaults = ConfigLoader.parse("", "none", base, List.of());
        AlluviumConfig example = ConfigLoader.parse(ConfigReference.exampleYaml(), "example", base, List.of());

        assertThat(example.sources()).hasSize(1);
        assertThat(new AlluviumConfig(
                        example.corpus(),
                        List.of(),
                        example.ingest(),
                        example.filters(),
                        example.dedup(),
                        example.mixture(),
                        example.s3(),
                        example.gateway(),
                        example.tokenizer(),
                        example.model(),
                        example.train(),
                        example.dashboard(),
                        example.cluster()))
                .isEqualTo(defaults);
    }

    @Test
    void everyKeyIsInTheReference() {
        assertThat(KeyInfo.paths(AlluviumConfig.class))
                .allSatisfy(path -> assertThat(ConfigReference.markdown())
                        .containsAnyOf("## " + path, "`" + path.substring(path.lastIndexOf('.') + 1) + "`"));
    }

    private static void assertUpToDate(String name, String generated) throws IOException {
        Path file = DOCS.resolve(name);
        if (Boolean.getBoolean("alluvium.regenerate")) {
            Files.createDirectories(DOCS);
            Files.writeString(file, generated);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "docs/%s; to write it anew: ./mvnw -pl contracts test -Dtest=ConfigReferenceTest"
                                + " -Dalluvium.regenerate=true",
                        name)
                .isEqualTo(generated);
    }
}
