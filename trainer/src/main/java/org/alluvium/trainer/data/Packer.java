package org.alluvium.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.trainer.model.Batch;

/**
 * Lays documents one after another into the rows of one step. Not thread-safe; pure: what comes out depends on what was
 * added alone.
 *
 * <h2>Overview</h2>
 *
 * <p>Goals, in this order: every token of every document is an input exactly once and every token but a document's first
 * is a target exactly once; no position is wasted while there are documents; where training stands can be said in two
 * integers.
 *
 * <p>The structure is a tape of {@code n * B * T} positions for n micro-batches, cut into rows of T. A document is written to the tape
 * where the last one ended. With T = 4, two rows and documents a (3 tokens), b (4), c (2):
 *
 * <pre>
 *   inputs         a0 a1 a2 b0 | b1 b2 b3 c0      c1 is left over: add() returned 1
 *   targets        a1 a2  – b1 | b2 b3  – c1
 *   documentStart   0  0  0  3 |  0  0  0  3
 * </pre>
 *
 * <p>Three things deserve attention. First, b crosses a row: b1 is the target at the end of the first row <em>and</em> the
 * input at the start of the second, so no transition is lost to the cut. What is lost is context: the second row's piece
 * starts a document of its own ({@code documentStart} 0) and does not attend to b0, which lives in another row. With
 * documents of mean length n, a share of about n / (n + T) of them is cut. Second, the target after a document's last
 * token is {@link Batch#NOT_SCORED}, never the next document's first token: which document follows is the shuffle's
 * doing, not the language's. Where documents shall teach their end, the vocabulary's EOS id is part of the document. Third,
 * c crosses the end of the step: {@link #add} returns how far it got, and the caller offers the rest to the next step. That
 * number is the only state that survives a step. It is the {@code offset} of the {@link Cursor}, and the reason why a
 * checkpoint between steps needs neither partly filled rows nor a queue.
 *
 * <p>The last step of a corpus that ends may be incomplete. Positions that were not filled hold token 0 as a document of
 * their own, unscored, so padding has no gradient.
 *
 * <p>Order in the file: adding, taking.
 */
public final class Packer {

    private final BatchPlan plan;
    private long step;
    private int capacity;
    private int[] inputs;
    private int[] targets;
    private int[] documentStart;
    private List<Piece> pieces;
    private int filled;

    /** Begins with the first step. */
    public Packer(BatchPlan plan) {
        this(plan, 1);
    }

    /** Begins with the step of this number, from 1; how many micro-batches a step has may depend on it. */
    public Packer(BatchPlan plan, long step) {
        this.plan = plan;
        this.step = step;
        begin();
    }

    /**
     * Writes as much of the document as fits.
     *
     * @param from first token to write
     * @return the first token that was not written; the document's length if it was written to its end
     */
    public int add(TrainingDocument document, int from) {
        int to = from + Math.min(document.length() - from, capacity - filled);
        for (int token = from; token < to; ) {
            int room = plan.context() - filled % plan.context();
            int count = Math.min(room, to - token);
            writePiece(document.ids(), token, count);
            token += count;
        }
        if (to > from) {
            pieces.add(new Piece(document, from, to));
        }
        return to;
    }

    /** Writes tokens that lie within one row. */
    private void writePiece(int[] ids, int from, int count) {
        System.arraycopy(ids, from, inputs, filled, count);
        int scored = Math.min(count, ids.length - 1 - from);
        System.arraycopy(ids, from + 1, targets, filled, scored);
        Arrays.fill(documentStart, filled, filled + count, filled % plan.context());
        filled += count;
    }

    /** Whether every position of the step is taken. */
    public boolean isFull() {
        return filled == capacity;
    }

    /** Whether nothing was added since the last step was taken. */
    public boolean isEmpty() {
        return filled == 0;
    }

    /** The micro-batches of the step; what was not filled is padding. */
    public List<Batch> batches() {
        pad();
        int size = plan.rows() * plan.context();
        List<Batch> batches = new ArrayList<>();
        for (int start = 0; start < capacity; start += size) {
            batches.add(new Batch(
                    plan.rows(),
                    plan.context(),
                    Arrays.copyOfRange(inputs, start, start + size),
                    Arrays.copyOfRange(targets, start, start + size),
                    Arrays.copyOfRange(documentStart, start, start + size)));
        }
        return batches;
    }

    /** Number of pieces that were added. */
    public int count() {
        return pieces.size();
    }

    /** What was added, in order. */
    public List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    /** Begins the next step. */
    public void clear() {
        step++;
        begin();
    }

    private void begin() {
        capacity = plan.tokensOfStep(step);
        inputs = new int[capacity];
        targets = new int[capacity];
        Arrays.fill(targets, Batch.NOT_SCORED);
        documentStart = new int[capacity];
        pieces = new ArrayList<>();
        filled = 0;
    }

    /** Gives the unfilled rest of each row a document of its own. */
    private void pad() {
        for (int position = filled; position < capacity; position++) {
            int column = position % plan.context();
            documentStart[position] = position - column < filled ? filled % plan.context() : 0;
        }
    }
}
