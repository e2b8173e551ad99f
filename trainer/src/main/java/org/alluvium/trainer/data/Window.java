package org.alluvium.trainer.data;

import java.util.List;

/**
 * One shuffle window.
 *
 * @param index from 0, counting windows that hold documents
 * @param start where its first document was read
 * @param end where the next window begins
 * @param documents in the order in which they are trained on
 * @param endsInput whether it was cut short, or left empty, because a writer's sources ended
 * @param tooOld documents that would be in it, had they not been published too long before they were committed
 * @param shards the shard of the last document before it, if there is one, and those it was read from
 */
record Window(
        long index,
        Position start,
        Position end,
        List<TrainingDocument> documents,
        boolean endsInput,
        long tooOld,
        List<ShardRef> shards) {

    int size() {
        return documents.size();
    }

    /** Tokens of the new documents that are not packed yet, of which one may be in part. */
    long tokensFrom(int document, int offset) {
        long tokens = documents.subList(document, size()).stream()
                .filter(waiting -> !waiting.isReplayed())
                .mapToLong(TrainingDocument::length)
                .sum();
        boolean begun = offset > 0 && !documents.get(document).isReplayed();
        return begun ? tokens - offset : tokens;
    }

    /** Where training stands when so much of the window is packed. */
    Cursor cursor(int packed, int offset) {
        return packed == size() ? after() : new Cursor(Cursor.VERSION, index, start, packed, offset, shards);
    }

    /** Where training stands when the whole window is packed. An empty window leaves its index to the next one. */
    Cursor after() {
        List<ShardRef> last = shards.isEmpty() ? List.of() : List.of(shards.getLast());
        return new Cursor(Cursor.VERSION, size() == 0 ? index : index + 1, end, 0, 0, last);
    }
}
