package org.alluvium.trainer.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers the documents of a window from a feed, new ones and those that are replayed beside them, and shuffles them. Used by one thread, except for {@link #gathered}. */
final class WindowReader {

    private final DocumentFeed feed;
    private final Earlier earlier;
    private final BatchPlan plan;
    private final HeldOutSplit split;
    private long logTokens;
    private volatile int gathered;

    /** Documents from before a window. */
    @FunctionalInterface
    interface Earlier {

        /** None. */
        Earlier NONE = (window, start, count) -> List.of();

        /** At most so many, always the same for a window that begins there. */
        List<TrainingDocument> draw(long window, Position start, int count);
    }

    WindowReader(DocumentFeed feed, Earlier earlier, BatchPlan plan) {
        this.feed = feed;
        this.earlier = earlier;
        this.plan = plan;
        this.split = new HeldOutSplit(plan.heldOutPermille());
    }

    /**
     * Reads the window that the cursor is in, from its first document on; empty if the corpus is complete.
     *
     * @throws InterruptedException if the thread is interrupted while it waits for documents
     */
    Optional<Window> read(Cursor cursor) throws InterruptedException {
        List<TrainingDocument> documents = new ArrayList<>(Math.min(plan.window(), 1 << 16));
        Set<ShardRef> shards =
                new LinkedHashSet<>(cursor.shards().stream().limit(1).toList());
        gathered = 0;
        Position end = cursor.windowStart();
        boolean endsInput = false;
        long tooOld = 0;
        while (documents.size() < plan.window() && !endsInput) {
            switch (feed.next()) {
                case DocumentFeed.Read read -> {
                    boolean heldOut = split.holdsOut(read.document().contentHash());
                    boolean old = plan.selection().isTooOld(read.document());
                    if (!heldOut && !old) {
                        documents.add(read.document());
                        gathered = documents.size();
                    }
                    tooOld += !heldOut && old ? 1 : 0;
                    shards.add(read.shard());
                    logTokens = read.logTokens();
                    end = read.after();
                }
                case DocumentFeed.EndOfInput ended -> {
                    endsInput = true;
                    end = ended.after();
                }
                case DocumentFeed.Complete _ -> {
                    return Optional.empty();
                }
            }
        }
        documents.addAll(earlier.draw(
                cursor.window(), cursor.windowStart(), plan.selection().replaysFor(documents.size())));
        return Optional.of(new Window(
                cursor.window(),
                cursor.windowStart(),
                end,
                shuffled(cursor.window(), documents),
                endsInput,
                tooOld,
                List.copyOf(shards)));
    }

    /** Tokens of the log up to the end of the window read last, counted as {@link DocumentFeed.Read#logTokens}. */
    long logTokens() {
        return logTokens;
    }

    /** Documents gathered of the window that is being read; any thread may ask. */
    int gathered() {
        return gathered;
    }

    private List<TrainingDocument> shuffled(long window, List<TrainingDocument> documents) {
        List<TrainingDocument> order = new ArrayList<>(documents.size());
        for (int index : WindowPermutation_v1.of(plan.seed(), window, documents.size())) {
            order.add(documents.get(index));
        }
        return order;
    }
}
