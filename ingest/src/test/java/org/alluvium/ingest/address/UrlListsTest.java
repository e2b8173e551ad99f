package org.alluvium.ingest.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.UrlFilterConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlListsTest {

    private static final String KEPT = "kept";

    @TempDir
    Path folder;

    private UrlLists lists;

    @BeforeEach
    void readLists() throws IOException {
        lists = new UrlLists(new UrlFilterConfig(
                list("domains", "# of no use\nBad.example.co.uk\nevil.co.uk\nblog.example.org\n"),
                list("urls", "https://example.org/bad\n"),
                list("banned", "Vile-Word\n"),
                list("soft", "soft\nsofter\nsoftest\n"),
                2,
                list("subwords", "worst-of\n")));
    }

    @Test
    void aRegisteredDomainIsThatOfAllItsHosts() {
        assertThat(reason("https://evil.co.uk/")).isEqualTo("domain");
        assertThat(reason("https://any.other.EVIL.co.uk:8080/x")).isEqualTo("domain");
        assertThat(reason("https://notevil.co.uk/")).isEqualTo(KEPT);
        assertThat(reason("https://co.uk/")).isEqualTo(KEPT);
    }

    @Test
    void aHostIsThatOneAlone() {
        assertThat(reason("http://user:word@blog.example.org./x")).isEqualTo("subdomain");
        assertThat(reason("http://bad.example.co.uk")).isEqualTo("subdomain");
        assertThat(reason("http://a.blog.example.org/")).isEqualTo(KEPT);
        assertThat(reason("http://example.org/")).isEqualTo(KEPT);
    }

    @Test
    void anAddressIsAsItIsWritten() {
        assertThat(reason("https://example.org/bad")).isEqualTo("url");
        assertThat(reason("https://example.org/bad/")).isEqualTo(KEPT);
    }

    @Test
    void aBannedWordIsAPartInSmallLetters() {
        assertThat(reason("https://example.org/a-vileword.html")).isEqualTo("hard_blacklisted");
        assertThat(reason("https://example.org/vilewords")).isEqualTo(KEPT);
        assertThat(reason("https://example.org/VileWord")).isEqualTo(KEPT);
    }

    @Test
    void softBannedWordsDropFromTheirLimitOn() {
        assertThat(reason("https://example.org/soft/soft")).isEqualTo(KEPT);
        assertThat(reason("https://example.org/soft/softer")).isEqualTo("soft_blacklisted");
        assertThat(reason("https://example.org/soft/softer/softest")).isEqualTo("soft_blacklisted");
        assertThat(findings("https://example.org/soft/softer")).contains(Finding.atMost("soft_blacklisted", 2, 1));
    }

    @Test
    void aBannedSubwordIsAnywhere() {
        assertThat(reason("https://ex.org/theWORST/of-it")).isEqualTo("blacklisted_subword");
        assertThat(reason("https://ex.org/worse")).isEqualTo(KEPT);
    }

    @Test
    void theRulesHaveThePublishedOrder() {
        assertThat(findings("https://evil.co.uk/vileword-soft-softer-worstof"))
                .extracting(Finding::rule)
                .containsExactly(
                        "domain", "subdomain", "url", "hard_blacklisted", "soft_blacklisted", "blacklisted_subword");
        assertThat(reason("https://evil.co.uk/vileword-soft-softer-worstof")).isEqualTo("domain");
        assertThat(reason("https://ex.org/vileword-soft-softer-worstof")).isEqualTo("hard_blacklisted");
        assertThat(reason("https://ex.org/soft-softer-worstof")).isEqualTo("soft_blacklisted");
    }

    @Test
    void whatIsNoHostIsOnNoList() {
        for (String url :
                List.of("", "://", "https://", "https://@/", "https://[::1]:80/", "https://1.2.3.4/", "a b|c", "?")) {
            assertThat(reason(url)).as(url).isEqualTo(KEPT);
        }
        assertThat(Host.of("https://[::1]:80/x")).contains("[::1]");
        assertThat(Host.of("example.org:80/x")).contains("example.org");
    }

    @Test
    void aDocumentWithoutAnAddressIsKept() {
        assertThat(lists.judge(subject(Optional.empty()))).isEqualTo(Decision.KEEP);
        assertThat(lists.examine(subject(Optional.empty()))).isEmpty();
    }

    private String reason(String url) {
        return lists.judge(subject(Optional.of(url))) instanceof Decision.Drop drop ? drop.reason() : KEPT;
    }

    private List<Finding> findings(String url) {
        return lists.examine(subject(Optional.of(url)));
    }

    private static Subject subject(Optional<String> url) {
        return Subject.of(new Document("id", "source", "file@0", url, "text", 0, Optional.empty(), Map.of()));
    }

    private List<Path> list(String name, String entries) throws IOException {
        return List.of(Files.writeString(folder.resolve(name), entries));
    }
}
