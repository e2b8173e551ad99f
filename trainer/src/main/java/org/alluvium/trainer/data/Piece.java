package org.alluvium.trainer.data;

/**
 * What one step trains on of one document.
 *
 * @param document the whole document
 * @param from first token of the piece
 * @param to end of the piece, exclusive
 */
public record Piece(TrainingDocument document, int from, int to) {

    /** Input tokens of the piece. */
    public int tokens() {
        return to - from;
    }

    /** Targets of the piece: every input but the document's last token has the token after it as its target. */
    public int scoredTokens() {
        return targetsBefore(to) - targetsBefore(from);
    }

    /**
     * Text bytes that the piece's targets stand for. A document's bytes are spread evenly over its targets and rounded
     * down cumulatively, so the bytes of all pieces of a document add up to exactly {@code textBytes}, however it was cut.
     * A document of one token has no target, hence no bytes.
     */
    public long textBytes() {
        return bytesBefore(to) - bytesBefore(from);
    }

    private int targetsBefore(int token) {
        return Math.min(token, document.length() - 1);
    }

    private long bytesBefore(int token) {
        int targets = document.length() - 1;
        return targets == 0 ? 0 : Math.multiplyExact(document.textBytes(), (long) targetsBefore(token)) / targets;
    }
}
