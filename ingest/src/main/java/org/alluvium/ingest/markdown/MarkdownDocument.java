package org.alluvium.ingest.markdown;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * A Markdown document: CommonMark, with tables as GitHub has them, and with front matter.
 *
 * @param frontMatter what the YAML block before the text says, by key
 * @param heading the first heading of the first level
 * @param text what a reader sees
 * @see <a href="https://spec.commonmark.org/0.31.2/">the specification</a>
 */
public record MarkdownDocument(Map<String, String> frontMatter, Optional<String> heading, String text) {

    /** Blocks in blocks that are looked into; more are text. */
    private static final int MAX_DEPTH = 200;

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .maxOpenBlockParsers(MAX_DEPTH)
            .build();

    /** Reads a document; every text is one. Thread-safe. */
    public static MarkdownDocument parse(String markdown) {
        FrontMatter front = FrontMatter.of(markdown);
        Node document = PARSER.parse(markdown.substring(front.length()));
        return new MarkdownDocument(front.values(), heading(document), MarkdownText.of(document));
    }

    private static Optional<String> heading(Node document) {
        for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof Heading heading && heading.getLevel() == 1) {
                return Optional.of(MarkdownText.of(heading).strip()).filter(text -> !text.isBlank());
            }
        }
        return Optional.empty();
    }
}
