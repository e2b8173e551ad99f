package org.alluvium.ingest.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.alluvium.ingest.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownDocumentTest {

    private static String text(String markdown) {
        return Normalizer.normalize(MarkdownDocument.parse(markdown).text());
    }

    @Test
    void markupIsGoneAndStructureStays() {
        assertThat(text("""
                # Rivers *of* Europe

                The [Rhine](https://x.example/r "t") flows
                into the **North Sea**, see <https://x.example/>.

                > A quotation
                > goes on.

                ```java
                int  x = 1; // *not* markup
                ```
                ***
                ![A map](map.png) &amp; `co  de`<br>
                """)).isEqualTo("""
                Rivers of Europe

                The Rhine flows into the North Sea, see https://x.example/.

                A quotation goes on.

                int  x = 1; // *not* markup

                A map & co  de""");
    }

    @Test
    void listsAreNumberedAndIndented() {
        assertThat(text("""
                3. three
                4. four
                   - inner
                     * innermost
                   - second

                - loose

                - items
                -
                """)).isEqualTo("""
                3. three
                4. four
                  - inner
                    - innermost
                  - second

                - loose

                - items

                -""");
    }

    @Test
    void tablesKeepTheirCells() {
        assertThat(text("a\n\n| x | y |\n|---|--:|\n| 1 | *2* |\n")).isEqualTo("a\n\nx | y\n1 | 2");
    }

    @Test
    void htmlIsReadAsItsText() {
        assertThat(text("<div>\n<b>Bold</b> &lt;\n<!-- no -->\n</div>\n\ntext <i>here</i>"))
                .isEqualTo("Bold <\n\ntext here");
    }

    @Test
    void frontMatterIsNotText() {
        MarkdownDocument document = MarkdownDocument.parse("""
                ---
                title: "A: b"
                date: 2024-05-06
                tags: [x, y]
                draft: ~
                ---
                # Heading
                """);
        assertThat(document.frontMatter())
                .containsAllEntriesOf(Map.of("title", "A: b", "date", "2024-05-06", "tags", "x, y"));
        assertThat(document.heading()).contains("Heading");
        assertThat(document.text().strip()).isEqualTo("Heading");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nnot a mapping\n---\ntext",
                "---\na: [\n---\ntext",
                "---\nno end\ntext",
                "----\na: b\n---\ntext"
            })
    void aDocumentMayBeginWithARule(String markdown) {
        MarkdownDocument document = MarkdownDocument.parse(markdown);
        assertThat(document.frontMatter()).isEmpty();
        assertThat(document.text()).contains("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", "- ", "*a **b ", "[", "![", "<a ", "1. ", "\\", "&#", "| "})
    void depthDoesNotOverflowTheStack(String piece) {
        assertThat(MarkdownDocument.parse(piece.repeat(20_000) + "x").text()).contains("x");
    }
}
