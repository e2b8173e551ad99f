package org.alluvium.ingest.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {

    private static final String PARAGRAPH =
            "The river carries sand, gravel and clay down to the plain, and lays them down, layer after layer, each flood.";

    private static final String PAGE = """
            <!doctype html><html lang="en-GB"><head><title>On silt | The Plain Paper</title>
            <meta property="og:title" content="On silt">
            <meta property="article:published_time" content="2021-03-04T05:06:07+01:00">
            <link rel="canonical" href="https://plain.example/silt"><script>var noise = "script";</script></head>
            <body><nav><ul><li><a href="/">Home</a><li><a href="/all">All articles</a></ul></nav>
            <div id="content" class="article"><h2>How it comes</h2><p>%1$s</p><p>%1$s <b>Every</b>&nbsp;year.</p>
            <ul><li>sand<li>clay</ul><pre>a  b
             c</pre><p>%1$s</p></div>
            <div class="sidebar"><a href="/x">Most read today</a></div><footer>Copyright, imprint</footer></body></html>
            """.formatted(PARAGRAPH);

    private static Page extract(String html) {
        return HtmlText.extract(html.getBytes(UTF_8), Optional.empty());
    }

    @Test
    void theArticleStaysAndWhatSurroundsItGoes() {
        assertThat(extract(PAGE).text())
                .isEqualTo("How it comes\n\n" + PARAGRAPH + "\n\n" + PARAGRAPH
                        + " Every\u00a0year.\n\n- sand\n- clay\n\n" + "a  b\n c\n\n" + PARAGRAPH);
    }

    @Test
    void titleDateLanguageAndAddressAreKept() {
        Page page = extract(PAGE);
        assertThat(page.title()).contains("On silt");
        assertThat(page.published()).contains(Instant.parse("2021-03-04T04:06:07Z"));
        assertThat(page.language()).contains("en-GB");
        assertThat(page.url()).contains("https://plain.example/silt");
        assertThat(page.redirects()).isFalse();
    }

    @Test
    void aPageThatSendsElsewhereSaysSo() {
        Page page = extract("<meta http-equiv=refresh content='0; url=/new'><title>Moved</title>");
        assertThat(page.redirects()).isTrue();
        assertThat(page.text()).isEmpty();
        assertThat(page.title()).contains("Moved");
    }

    @ParameterizedTest
    @CsvSource({
        "<meta name=date content='2020-02-03'>, 2020-02-03T00:00:00Z",
        "<meta name=DC.date content='2020-02-03 04:05'>, 2020-02-03T04:05:00Z",
        "<article><time datetime='2020-02-03T04:05:06.7+0200'></time></article>, 2020-02-03T02:05:06.700Z",
        "'<time datetime=\"Mon, 3 Feb 2020 04:05:06 GMT\" pubdate></time>', 2020-02-03T04:05:06Z",
        "<div itemprop=datePublished datetime='2020-02-03T04:05Z'></div>, 2020-02-03T04:05:00Z",
        "'<script type=application/ld+json>{\"datePublished\": \"2020-02-03T04:05:06Z\"}</script>', 2020-02-03T04:05:06Z",
    })
    void theDateIsFoundWherePagesPutIt(String html, Instant published) {
        assertThat(extract(html).published()).contains(published);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "0001-01-01", "9999-12-31", "2020-13-40", ""})
    void whatIsNoDateOfAPageIsNone(String date) {
        assertThat(extract("<meta name=date content='" + date + "'>").published())
                .isEmpty();
    }

    @Test
    void aPageWithoutAnArticleIsAllItShows() {
        assertThat(HtmlText.visibleText("<div>one<br>two<span> three</span></div><table><tr><td>a<td>b<tr><td>c</table>"
                        + "<script>no</script><p hidden>no</p>"))
                .isEqualTo("one\ntwo three\n\na\tb\nc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text, no markup at all",
                "<",
                "<!--",
                "</p></html><body>",
                "<table><table><table><td><form><table>",
                "<svg><math><p>",
                "\0\0\0"
            })
    void whateverIsBrokenIsAPage(String html) {
        assertThat(extract(html).title()).isEmpty();
    }

    @Test
    void aPageTooLargeToRankIsReadWholeButForItsSurroundings() {
        String page = "<nav>menu</nav>" + ("<div>" + PARAGRAPH + "</div>").repeat(25_000) + "<footer>imprint</footer>";
        assertThat(extract(page).text())
                .startsWith(PARAGRAPH + '\n' + PARAGRAPH)
                .doesNotContain("menu", "imprint")
                .hasLineCount(25_000);
    }

    @Test
    void noDepthOfNestingIsTooMuch() {
        assertThat(extract("<div>".repeat(100_000) + PARAGRAPH).text()).isEqualTo(PARAGRAPH);
    }
}
