package org.alluvium.tokenizer.engine;

/**
 * A piece a character, and a piece a user-defined text where one begins, the longest. Immutable and thread-safe.
 *
 * <p>Where the text itself spells a control piece, SentencePiece refuses the text; here it is unknown.
 */
final class CharSegmenter implements Segmenter, Segmenter.Worker {

    private final PieceIndex pieces;

    CharSegmenter(PieceIndex pieces) {
        this.pieces = pieces;
    }

    @Override
    public Worker worker() {
        return this;
    }

    @Override
    public void segment(byte[] text, int from, int to, Tokens out) {
        int at = from;
        while (at < to) {
            int end = at + Math.max(pieces.userDefined().longest(text, at, to), 0);
            if (end == at) {
                end = Math.min(to, at + Utf8.lengthOf(text[at]));
            }
            pieces.emit(text, at, end, out);
            at = end;
        }
    }
}
