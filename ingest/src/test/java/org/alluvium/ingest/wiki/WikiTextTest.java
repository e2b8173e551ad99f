package org.alluvium.ingest.wiki;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.alluvium.ingest.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WikiTextTest {

    private static String text(String wikitext) {
        return Normalizer.normalize(WikiText.toText(wikitext));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "`A '''bold''' and ''slanted'' word` => `A bold and slanted word`",
                "`It''''s ''''''''so'''''''''` => `It's '''so''''`",
                "`[[Rhine]], [[Rhine|the river]]s` => `Rhine, the rivers`",
                "`[[:Category:Rivers]] and [[Star Wars: A New Hope]]` => `Category:Rivers and Star Wars: A New Hope`",
                "`a [[File:X.jpg|thumb|left|A [[caption]] of [[it]]]]b` => `a b`",
                "`a [[Datei:X.SVG|mini|Bild]]b [[Bild:Y.png]]c` => `a b c`",
                "`[https://x.example/a?b=c the site], [https://x.example]` => `the site,`",
                "`See https://x.example/ there` => `See https://x.example/ there`",
                "`[not a link] and a[1]` => `[not a link] and a[1]`",
                "`x{{cite|a={{b|c}}|d=[[e]]}}y` => `xy`",
                "`x{{{parameter|default}}}y` => `xy`",
                "`x{{{{{a}}}}}y` => `xy`",
                "`a<!-- not [[this]] -->b` => `ab`",
                "`a<ref name=\"x\">Book, {{p.}} 7</ref>, b<ref name=x />.` => `a, b.`",
                "`<nowiki>[[a]] ''b''</nowiki>` => `[[a]] ''b''`",
                "`E = <math>m c^{2}</math>` => `E = m c^{2}`",
                "`H<sub>2</sub>O &amp; CO<SUB>2</sub>&nbsp;x &lt;b&gt;` => `H2O & CO2\u00a0x <b>`",
                "`a < b and c<d, e <unknown> f` => `a < b and c<d, e <unknown> f`",
                "`__NOTOC__a __b__ snake__case` => `a __b__ snake__case`",
                "`Cologne ({{lang|de|Köln}}, {{IPA|x}}) lies` => `Cologne lies`",
                "`main() and f({{x}}1)` => `main() and f(1)`",
            })
    void whatAReaderSeesIsLeft(String wikitext, String expected) {
        assertThat(text(wikitext)).isEqualTo(expected);
    }

    @Test
    void listsKeepTheirItemsAndLoseTheirDepth() {
        assertThat(text("* one\n** two\n# three\n;term\n:indented\n::more")).isEqualTo("""
                - one
                - two
                - three
                term
                indented
                more""");
    }

    @Test
    void headingsStandAloneAndGoWithTheTextThatIsGone() {
        assertThat(text("""
                Begin
                == History ==
                Text
                == Empty ==
                {{list}}
                === Emptier ===
                == Works ==
                === Novels ===
                * One
                == References ==
                <references/>
                """)).isEqualTo("""
                Begin
                History
                Text
                Works
                Novels
                - One""");
    }

    @Test
    void tablesAreGoneWithTheTablesInThem() {
        assertThat(text("a\n{| class=x\n! h\n|-\n| c || {{t|x=}}\n{|\n| inner\n|}\n|}\nb"))
                .isEqualTo("a\n\nb");
    }

    @Test
    void categoriesAndOtherLanguagesAreGoneInEveryLanguage() {
        assertThat(text("Text\n[[Kategorie:Fluss|Rhein]]\n[[Catégorie:Fleuve]]\n[[fr:Rhin]]\n"))
                .isEqualTo("Text");
    }

    @Test
    void codeStaysAsItIs() {
        assertThat(text("<syntaxhighlight lang=\"c\">\n#include {{x}}\n  a[[1]];\n</syntaxhighlight>"))
                .isEqualTo("#include {{x}}\n  a[[1]];");
    }

    @Test
    void whatIsNotClosedStays() {
        assertThat(text("a {{b [[c|d")).isEqualTo("a {{b [[c|d");
        assertThat(text("{{a [[b}} c]] d")).isEqualTo(" c]] d");
        assertThat(text("a <ref>b")).isEqualTo("a b");
    }

    /** Each of these takes quadratic time when it is done naively, which is minutes for this many. */
    @ParameterizedTest
    @CsvSource({
        "{{",
        "[[",
        "'{|\n'",
        "<ref>",
        "<nowiki>",
        "[http://a ",
        "<!-",
        "[[a|",
        "}}",
        "'{{[['",
        "(",
        "''",
        "=\n",
        "__A"
    })
    void timeIsInProportionToThePage(String piece) {
        assertThat(WikiText.toText(piece.repeat(500_000))).isNotNull();
        assertThat(WikiText.toText(piece.repeat(200_000) + "}}]])".repeat(200_000)))
                .isNotNull();
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(
                        "{{",
                        "}}",
                        "[[",
                        "]]",
                        "{|",
                        "|}",
                        "|",
                        "\n",
                        "'''",
                        "<ref>",
                        "</ref>",
                        "<nowiki>",
                        "</nowiki>",
                        "<!--",
                        "-->",
                        "[http://x",
                        "]",
                        "==",
                        "*",
                        "(",
                        ")",
                        "a",
                        " ",
                        "&amp;",
                        "File:",
                        ".png",
                        "{",
                        "}",
                        "<br/>",
                        "<",
                        ">",
                        "__",
                        "TOC")
                .list()
                .ofMaxSize(60)
                .map(pieces -> String.join("", pieces));
    }

    @Property
    void anyMarkupComesOutWithoutWhatWasNotThere(@ForAll("markup") String wikitext) {
        String text = WikiText.toText(wikitext);
        assertThat(text.chars().filter(c -> c == 'a').count())
                .isLessThanOrEqualTo(wikitext.chars().filter(c -> c == 'a').count());
    }
}
