package org.alluvium.tokenizer.bytelevel;

/**
 * A token that is found in text before anything else is done to it.
 *
 * @param id of the token
 * @param content the text that it is found by, never empty
 * @param special whether it stands for no text: its text is a mark, such as the end of a document
 * @param normalized whether it is found after the tokens that are not, in what they left
 * @param leftStrip whether it takes the white space before it
 * @param rightStrip whether it takes the white space behind it
 * @param singleWord whether it is found only where no word goes on before or behind it
 */
public record AddedToken(
        int id,
        String content,
        boolean special,
        boolean normalized,
        boolean leftStrip,
        boolean rightStrip,
        boolean singleWord) {

    /** The same token, found by another text. */
    public AddedToken withContent(String text) {
        return new AddedToken(id, text, special, normalized, leftStrip, rightStrip, singleWord);
    }
}
