package org.alluvium.trainer.model;

/**
 * A packed batch. Rows hold several documents one after another; a token attends only to its own document.
 *
 * @param rows B
 * @param context T
 * @param inputs token ids (B,T)
 * @param targets next token ids (B,T); {@link #NOT_SCORED} where there is none, such as at a document's last token
 * @param documentStart (B,T): the position in the row at which the document of this token begins; positions for rotary
 *     embeddings count from there
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is a view of buffers, compared by nobody
public record Batch(int rows, int context, int[] inputs, int[] targets, int[] documentStart) {

    public static final int NOT_SCORED = -1;

    /** Number of targets that are scored. */
    public int scoredTokens() {
        int scored = 0;
        for (int target : targets) {
            if (target != NOT_SCORED) {
                scored++;
            }
        }
        return scored;
    }
}
