package org.alluvium.tokenizer.report;

/**
 * Sums over some texts, and what follows from them.
 *
 * @param texts how many
 * @param bytes of them in UTF-8
 * @param characters code points of them
 * @param words what is between white space; of little meaning in languages that are written without
 * @param tokens without marks such as BOS and EOS
 * @param byteTokens tokens that stand for one byte, of characters that have no piece
 * @param byteCharacters characters that were written in such bytes
 * @param unknownTokens tokens that stand for what has no piece and no bytes; each may be several characters
 */
public record Tally(
        long texts,
        long bytes,
        long characters,
        long words,
        long tokens,
        long byteTokens,
        long byteCharacters,
        long unknownTokens) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                texts + other.texts,
                bytes + other.bytes,
                characters + other.characters,
                words + other.words,
                tokens + other.tokens,
                byteTokens + other.byteTokens,
                byteCharacters + other.byteCharacters,
                unknownTokens + other.unknownTokens);
    }

    /** How much text a token holds: more is better. 0 where there is none, as below. */
    public double bytesPerToken() {
        return ratio(bytes, tokens);
    }

    /** Tokens per word, called fertility: 1 is the best there is. */
    public double fertility() {
        return ratio(tokens, words);
    }

    /** The share of tokens that are bytes. */
    public double fallbackRate() {
        return ratio(byteTokens, tokens);
    }

    /** The share of tokens that are unknown. */
    public double unknownRate() {
        return ratio(unknownTokens, tokens);
    }

    /** The share of characters that pieces were found for; an unknown token counts as one character without. */
    public double coverage() {
        return characters == 0 ? 0 : 1 - ratio(byteCharacters + unknownTokens, characters);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
