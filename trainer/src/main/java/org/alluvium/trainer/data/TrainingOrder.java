package org.alluvium.trainer.data;

import java.util.Optional;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.StoreShardLog;

/**
 * The training order: documents of a feed, without the held-out ones and those that are too old, in windows of a fixed number of documents, each window
 * shuffled, packed into steps. Where log entries and shards begin and end plays no part. Used by one thread, except for
 * {@link #gathered}.
 *
 * <p>An {@linkplain DocumentFeed.EndOfInput end of input} closes the window that is being gathered, however few documents it
 * has, and pads the step that is being packed. It does so whether or not more documents follow, so that a trainer that came
 * late does what one that came early did.
 */
public final class TrainingOrder implements AutoCloseable {

    private final DocumentFeed feed;
    private final WindowReader windows;
    private final Packer packer;
    private final Omissions omissions;
    private long step;

    private Cursor cursor;
    private Optional<Window> current = Optional.empty();
    private long stepWindow;
    private long tooOld; // since the step before

    /** Decides which documents are passed over, as if they were not there; the order of the others stays as it is. */
    @FunctionalInterface
    public interface Omissions {

        /** Passes over nothing. */
        Omissions NONE = (step, place, document) -> false;

        /**
         * Whether a step passes over a document, or over what is left of one.
         *
         * @param place number of the step's pieces before it
         */
        boolean leavesOut(long step, int place, TrainingDocument document);

        /** Passes over what either does, this one asked first. */
        default Omissions or(Omissions other) {
            return (step, place, document) ->
                    leavesOut(step, place, document) || other.leavesOut(step, place, document);
        }
    }

    /** An order from which nothing is left out. */
    public TrainingOrder(DocumentFeed feed, BatchPlan plan, Cursor start) {
        this(feed, plan, start, 0, Omissions.NONE);
    }

    /**
     * @param feed positioned at {@code start.windowStart()}
     * @param plan the plan that {@code start} was made under
     * @param start where training stands
     * @param taken steps taken before
     */
    public TrainingOrder(DocumentFeed feed, BatchPlan plan, Cursor start, long taken, Omissions omissions) {
        this(feed, WindowReader.Earlier.NONE, plan, start, taken, omissions);
    }

    private TrainingOrder(
            DocumentFeed feed,
            WindowReader.Earlier earlier,
            BatchPlan plan,
            Cursor start,
            long taken,
            Omissions omissions) {
        this.feed = feed;
        this.windows = new WindowReader(feed, earlier, plan);
        this.packer = new Packer(plan, taken + 1);
        this.cursor = start;
        this.step = taken + 1;
        this.omissions = omissions;
    }

    /** The order of a corpus, with what the plan replays of it; as above. */
    public static TrainingOrder of(
            DocumentFeed feed, ShardOpener shards, BatchPlan plan, Cursor start, long taken, Omissions omissions) {
        WindowReader.Earlier earlier = plan.selection().replayShare() > 0
                ? new Replay_v1(StoreShardLog.of(shards.corpus()), shards, plan)
                : WindowReader.Earlier.NONE;
        return new TrainingOrder(feed, earlier, plan, start, taken, omissions);
    }

    /**
     * The next step, waiting for documents; empty when the corpus is complete and every document has been in a step.
     *
     * @throws InterruptedException if the thread is interrupted while it waits for documents
     */
    public Optional<StepBatch> next() throws InterruptedException {
        while (true) {
            if (current.isEmpty()) {
                current = windows.read(cursor);
                if (current.isEmpty()) {
                    return Optional.empty();
                }
                requireReached(current.get());
                if (cursor.documents() == 0 && cursor.offset() == 0) { // a window that is entered again was counted
                    tooOld += current.get().tooOld();
                }
            }
            Window window = current.get();
            pack(window);
            if (packer.isFull() || (window.endsInput() && !packer.isEmpty())) {
                return Optional.of(takeStep(window));
            }
            leave(window);
        }
    }

    /** Documents gathered of the window that is being read; any thread may ask. */
    public int gathered() {
        return windows.gathered();
    }

    @Override
    public void close() {
        feed.close();
    }

    /** Packs documents of the window until the step is full or the window is used up. */
    private void pack(Window window) {
        int packed = cursor.documents();
        int offset = cursor.offset();
        while (packed < window.size() && !packer.isFull()) {
            if (packer.isEmpty()) {
                stepWindow = window.index();
            }
            TrainingDocument document = window.documents().get(packed);
            offset = omissions.leavesOut(step, packer.count(), document)
                    ? document.length()
                    : packer.add(document, offset);
            if (offset >= document.length()) { // beyond it, where a hole has taken its place since
                packed++;
                offset = 0;
            }
        }
        cursor = new Cursor(Cursor.VERSION, window.index(), window.start(), packed, offset, window.shards());
    }

    private StepBatch takeStep(Window window) {
        long pending = window.tokensFrom(cursor.documents(), cursor.offset());
        Cursor after = window.cursor(cursor.documents(), cursor.offset());
        StepBatch batch = new StepBatch(
                stepWindow, packer.batches(), packer.pieces(), after, windows.logTokens() - pending, tooOld);
        tooOld = 0;
        packer.clear();
        step++;
        if (cursor.documents() == window.size()) {
            leave(window);
        }
        return batch;
    }

    private void leave(Window window) {
        cursor = window.after();
        current = Optional.empty();
    }

    private void requireReached(Window window) {
        if (cursor.documents() > window.size()) {
            throw new MismatchException(
                    "training had used " + cursor.documents() + " documents of window " + window.index()
                            + ", and now the window has only " + window.size(),
                    "corpus at " + cursor.windowStart(),
                    "Restore the corpus the run was begun with, or set another train.run to begin a new one");
        }
    }
}
