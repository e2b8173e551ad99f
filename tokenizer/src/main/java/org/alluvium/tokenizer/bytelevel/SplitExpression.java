package org.alluvium.tokenizer.bytelevel;

import org.alluvium.tokenizer.bytelevel.Regex.Chars;

/**
 * A regular expression. What it matches is a split, and so is what lies between two matches.
 *
 * @param text as the file writes it
 * @param regex the same, understood
 */
public record SplitExpression(String text, Regex regex) implements Split {

    /**
     * Understands an expression.
     *
     * @throws IllegalArgumentException if there is something in it that is not supported; names it
     */
    static SplitExpression of(String text) {
        return new SplitExpression(text, new RegexParser(text).parse());
    }

    /** Splits by digits, each alone or those that follow each other together. */
    static SplitExpression digits(boolean each) {
        return of(each ? "\\p{N}" : "\\p{N}+");
    }

    /** Splits by a text as it is. */
    static SplitExpression literally(String text) {
        return new SplitExpression(
                text,
                new Regex.Sequence(text.codePoints()
                        .mapToObj(c -> (Regex) Chars.range(c, c))
                        .toList()));
    }
}
