package org.alluvium.tokenizer.engine;

/**
 * A piece a word, which begins at U+2581 even where white space is a suffix. Immutable and thread-safe.
 *
 * <p>Where the text itself spells a control piece, SentencePiece refuses the text; here it is unknown.
 */
final class WordSegmenter implements Segmenter, Segmenter.Worker {

    private final PieceIndex pieces;

    WordSegmenter(PieceIndex pieces) {
        this.pieces = pieces;
    }

    @Override
    public Worker worker() {
        return this;
    }

    @Override
    public void segment(byte[] text, int from, int to, Tokens out) {
        int start = from;
        for (int at = from + 1; at < to; at++) {
            if (isSpaceSymbol(text, at, to)) {
                pieces.emit(text, start, at, out);
                start = at;
            }
        }
        if (start < to) {
            pieces.emit(text, start, to, out);
        }
    }

    private static boolean isSpaceSymbol(byte[] text, int at, int to) {
        return text[at] == (byte) 0xe2 && to - at >= 3 && text[at + 1] == (byte) 0x96 && text[at + 2] == (byte) 0x81;
    }
}
