package org.alluvium.contracts.log;

/**
 * What some texts came to in tokens. Sums, so that those of two sets of texts add up.
 *
 * @param texts how many
 * @param bytes of them in UTF-8, as they were encoded
 * @param tokens without marks such as BOS and EOS
 * @param byteTokens tokens that stand for one byte, of characters that have no piece
 * @param unknownTokens tokens that stand for what has no piece and no bytes
 */
public record TextTokens(long texts, long bytes, long tokens, long byteTokens, long unknownTokens) {

    public static final TextTokens NONE = new TextTokens(0, 0, 0, 0, 0);

    public TextTokens plus(TextTokens other) {
        return new TextTokens(
                texts + other.texts,
                bytes + other.bytes,
                tokens + other.tokens,
                byteTokens + other.byteTokens,
                unknownTokens + other.unknownTokens);
    }

    /** How much text a token holds; 0 where there is none, as below. */
    public double bytesPerToken() {
        return tokens == 0 ? 0 : (double) bytes / tokens;
    }

    /** The share of tokens that are bytes. */
    public double fallbackRate() {
        return tokens == 0 ? 0 : (double) byteTokens / tokens;
    }
}
