package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.junit.jupiter.api.Test;

class SelectorTest {

    private static final ContentHash HASH = new ContentHash(1, 2);

    @Test
    void anIdMeansADocumentOfEverySourceOrOfOne() {
        assertThat(new Selector.Id("a", Optional.empty()).selects("a", "any", Optional.empty(), HASH))
                .isTrue();
        Selector one = new Selector.Id("a", Optional.of("news"));
        assertThat(one.selects("a", "news", Optional.empty(), HASH)).isTrue();
        assertThat(one.selects("a", "crawl", Optional.empty(), HASH)).isFalse();
        assertThat(one.selects("b", "news", Optional.empty(), HASH)).isFalse();
    }

    @Test
    void aHostAloneIsTheWholeHostWithWhateverFollows() {
        assertThat(urls("example.org", "https://example.org")).isTrue();
        assertThat(urls("example.org", "http://EXAMPLE.org/a")).isTrue();
        assertThat(urls("https://Example.org:443", "http://example.org?q")).isTrue();
        assertThat(urls("example.org", "https://example.org.evil.net/")).isFalse();
        assertThat(urls("example.org", "https://www.example.org/")).isFalse();
    }

    @Test
    void aPathIsAPrefixOfCharactersAndItsCaseCounts() {
        assertThat(urls("example.org/private/", "https://example.org/private/a"))
                .isTrue();
        assertThat(urls("example.org/p", "https://example.org/private")).isTrue();
        assertThat(urls("example.org/private/", "https://example.org/Private/a"))
                .isFalse();
        assertThat(urls("example.org/private/", "https://example.org/private")).isFalse();
    }

    @Test
    void whatIsNormalStaysAsItIs() {
        for (String url : new String[] {"a://b://C/D", "http:// Host:80:443/x", "plain", ""}) {
            String normal = Selector.UrlPrefix.normal(url);
            assertThat(Selector.UrlPrefix.normal(normal)).isEqualTo(normal);
        }
    }

    @Test
    void aDocumentWithoutAnAddressHasNoPrefix() {
        assertThat(new Selector.UrlPrefix("example.org").selects("a", "s", Optional.empty(), HASH))
                .isFalse();
    }

    @Test
    void sourcesAndHashesAreEqualOrNot() {
        assertThat(new Selector.Source("news").selects("a", "news", Optional.empty(), HASH))
                .isTrue();
        assertThat(new Selector.Source("new").selects("a", "news", Optional.empty(), HASH))
                .isFalse();
        assertThat(new Selector.Content(HASH).selects("a", "s", Optional.empty(), new ContentHash(1, 2)))
                .isTrue();
        assertThat(new Selector.Content(HASH).selects("a", "s", Optional.empty(), new ContentHash(2, 1)))
                .isFalse();
    }

    private static boolean urls(String prefix, String url) {
        return new Selector.UrlPrefix(prefix).selects("id", "source", Optional.of(url), HASH);
    }
}
