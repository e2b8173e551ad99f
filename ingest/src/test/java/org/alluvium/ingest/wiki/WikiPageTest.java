package org.alluvium.ingest.wiki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class WikiPageTest {

    private static WikiPage parse(String element) throws XMLStreamException {
        return WikiPage.parse(element.getBytes(UTF_8));
    }

    @Test
    void theLastRevisionOfAPageWithItsHistoryCounts() throws XMLStreamException {
        WikiPage page = parse("""
                <page><title>R\u00edo</title><ns>0</ns><id>7</id>
                <revision><id>1</id><timestamp>2001-01-01T00:00:00Z</timestamp><contributor><id>9</id></contributor>
                <text xml:space="preserve">old</text></revision>
                <revision><id>2</id><timestamp>2002-02-02T00:00:00Z</timestamp><model>wikitext</model>
                <text>new &lt;b&gt; &amp;amp;</text></revision></page>""");
        assertThat(page.id()).isEqualTo("7");
        assertThat(page.title()).isEqualTo("R\u00edo");
        assertThat(page.timestamp()).contains("2002-02-02T00:00:00Z");
        assertThat(page.text()).isEqualTo("new <b> &amp;");
        assertThat(page.isWikitext()).isTrue();
        assertThat(page.redirect()).isFalse();
    }

    @Test
    void redirectsNamespacesAndModelsAreTold() throws XMLStreamException {
        WikiPage page = parse("<page><title>T</title><ns>10</ns><id>1</id><redirect title=\"x\" />"
                + "<revision><model>javascript</model><text/></revision></page>");
        assertThat(page.redirect()).isTrue();
        assertThat(page.namespace()).isEqualTo(10);
        assertThat(page.isWikitext()).isFalse();
        assertThat(page.text()).isEmpty();
    }

    @Test
    void aTextOfAMillionEscapedCharactersIsRead() throws XMLStreamException {
        WikiPage page = parse("<page><title>T</title><id>1</id><revision><text>" + "&lt;".repeat(1_000_000)
                + "</text></revision></page>");
        assertThat(page.text()).hasSize(1_000_000);
    }

    @Test
    void whatIsNotAPageIsRefused() {
        assertThatThrownBy(() -> parse("<page><title>T</title><id>1</id>")).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> parse("<page><title>T</title></page>")).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> parse("<page><title>T</title><ns>x</ns><id>1</id></page>"))
                .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void nothingIsFetchedAndNothingExpanded() {
        assertThatThrownBy(() -> parse("<!DOCTYPE page [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                        + "<page><title>&x;</title><id>1</id></page>"))
                .isInstanceOf(XMLStreamException.class);
    }
}
