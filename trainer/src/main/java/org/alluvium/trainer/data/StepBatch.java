package org.alluvium.trainer.data;

import java.util.List;
import org.alluvium.trainer.model.Batch;

/**
 * What one optimizer step trains on.
 *
 * @param window index of the window that the first piece belongs to
 * @param batches micro-batches, in order
 * @param pieces what they hold of which document, in order
 * @param after where training stands once the step is taken
 * @param logTokens tokens of the log, counted from where the feed began, up to this step
 * @param tooOld documents that were passed over since the step before, for they had been published too long ago
 */
public record StepBatch(
        long window, List<Batch> batches, List<Piece> pieces, Cursor after, long logTokens, long tooOld) {

    /** A step before which no document was too old. */
    public StepBatch(long window, List<Batch> batches, List<Piece> pieces, Cursor after, long logTokens) {
        this(window, batches, pieces, after, logTokens, 0);
    }

    public StepBatch {
        batches = List.copyOf(batches);
        pieces = List.copyOf(pieces);
    }

    /** Input tokens, without padding. */
    public int tokens() {
        return pieces.stream().mapToInt(Piece::tokens).sum();
    }

    /** Targets. */
    public int scoredTokens() {
        return pieces.stream().mapToInt(Piece::scoredTokens).sum();
    }

    /** Text bytes that the targets stand for; see {@link Piece#textBytes}. */
    public long textBytes() {
        return pieces.stream().mapToLong(Piece::textBytes).sum();
    }
}
