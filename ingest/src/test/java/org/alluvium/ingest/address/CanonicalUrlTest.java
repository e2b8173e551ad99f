package org.alluvium.ingest.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a/B?x=1&y=2",
                "http://www.Example.ORG/a/B?y=2&x=1",
                "https://user@example.org:443/a/B?utm_source=mail&x=1&fbclid=Zz&y=2#part",
                " //example.org/a/B/?&x=1&y=2 "
            })
    void addressesOfOnePageAreEqual(String url) {
        assertThat(CanonicalUrl.of(url)).contains("example.org/a/B?x=1&y=2");
    }

    @Test
    void addressesOfOtherPagesDiffer() {
        assertThat(CanonicalUrl.of("https://example.org/")).contains("example.org");
        assertThat(CanonicalUrl.of("https://example.org/a/b")).contains("example.org/a/b");
        assertThat(CanonicalUrl.of("https://example.org?page=2")).contains("example.org?page=2");
        assertThat(CanonicalUrl.of("https://sub.example.org/a")).contains("sub.example.org/a");
    }

    @Test
    void whatHasNoHostHasNone() {
        assertThat(CanonicalUrl.of("")).isEmpty();
        assertThat(CanonicalUrl.of("file:///tmp/a")).isEmpty();
    }
}
