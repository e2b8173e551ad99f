package org.alluvium.trainer.data;

/** Documents in the order of the log, held-out ones among them. Used by one thread. */
public interface DocumentFeed extends AutoCloseable {

    /**
     * The next item; waits for one.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Item next() throws InterruptedException;

    @Override
    void close();

    /** What a feed holds. */
    sealed interface Item {}

    /**
     * A document.
     *
     * @param document the document
     * @param shard where it was read
     * @param after where the next one is read
     * @param logTokens tokens of the log from the feed's first entry up to and with this document
     */
    record Read(TrainingDocument document, ShardRef shard, Position after, long logTokens) implements Item {}

    /**
     * A writer has said that its sources are exhausted. The window ends here and the step is padded, whatever follows.
     *
     * @param after where the next document is read, should one follow
     */
    record EndOfInput(Position after) implements Item {}

    /** After {@link EndOfInput}: nothing follows for now, so training is complete. */
    record Complete() implements Item {}
}
