package org.alluvium.ingest.wiki;

import org.jsoup.parser.Parser;

/**
 * Wikitext, the markup of MediaWiki, as the text that a reader of the page sees. Templates are not expanded, because a
 * page alone does not hold them.
 *
 * <ul>
 *   <li>Gone: templates, tables, comments, references, galleries and their like, links to media, categories and other
 *       languages, magic words, the addresses of links, headings of sections in which nothing is left, and a pair of
 *       parentheses of which nothing but punctuation is left.
 *   <li>Kept: headings as lines of their own, labels of links, lists with a hyphen before each item, code and formulas
 *       as they were written, character references as their characters.
 *   <li>Whatever is not closed, or closes nothing, stays as it is.
 * </ul>
 *
 * Links to media are known by the extension of the file, and categories by standing alone on their line, so that it does
 * not matter which language the names of the wiki's namespaces are in. Takes time and memory in proportion to the page,
 * whatever is in it.
 *
 * @see <a href="https://www.mediawiki.org/wiki/Specs/wikitext">the specification</a>
 */
public final class WikiText {

    private WikiText() {}

    /** The visible text; lines and blank lines are left for normalization to tidy. */
    public static String toText(String wikitext) {
        return Parser.unescapeEntities(new WikiRenderer(wikitext, WikiScanner.scan(wikitext)).render(), false);
    }
}
