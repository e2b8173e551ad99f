package org.alluvium.tokenizer.bytelevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.tokenizer.engine.Segmented;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors that tiktoken publishes in its own tests ({@code published}), and ids of its encoder for harder texts
 * ({@code made}: by the npm package tiktoken 1.0.22, special tokens allowed).
 */
class TiktokenTest {

    /** Where {@code ./alluvium test} puts the vocabularies, which are too large to keep. */
    private static final Path VOCABULARIES = Path.of("..", "target", "tiktoken");

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "cl100k_base", "o200k_base"})
    void idsAreThoseOfTiktoken(String encoding) throws IOException {
        Path file = VOCABULARIES.resolve(encoding + ".json");
        assumeTrue(Files.exists(file), file + " is not there: ./alluvium test fetches it by npm");
        byte[] json = new TiktokenRanks(Files.readAllBytes(file)).tokenizerJson();
        Segmented segmented = Segmented.of(ByteLevelModel.parse(json, encoding));
        JsonNode vectors = vectors().path(encoding);
        assertThat(vectors).isNotEmpty();
        for (JsonNode vector : vectors) {
            int[] expected = new ObjectMapper().treeToValue(vector.path("ids"), int[].class);
            String text = vector.path("text").asText();
            assertThat(segmented.ids(text)).as("ids of %s", text).isEqualTo(expected);
        }
    }

    private static JsonNode vectors() throws IOException {
        try (InputStream in = TiktokenTest.class.getResourceAsStream("tiktoken-vectors.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
