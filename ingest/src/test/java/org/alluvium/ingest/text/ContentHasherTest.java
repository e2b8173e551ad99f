package org.alluvium.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentHasherTest {

    /** The vector of the empty input is the one published with XXH3; the others were frozen with the first release. */
    @ParameterizedTest
    @CsvSource({
        "'', 99aa06d3014798d86001c324468d497f",
        "a, a96faf705af16834e6c632b61e964e1f",
        "The European Parliament, 96ecc55ab634b1a8a0c4a43c3211a95c",
        "Straße – 中文 😀, 69de51711aa8482959146f0025afa2b0",
    })
    void versionOneNeverChanges(String text, String hash) {
        assertThat(ContentHasher.v1(text)).hasToString(hash);
    }
}
