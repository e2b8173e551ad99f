package org.alluvium.trainer.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.trainer.data.TrainingOrder;

/**
 * The documents that a run leaves out, and from which step on: the outcome of its rewinds, in the order in which they were
 * decided. A rewind to a step leaves out its own documents and those of every rewind before it from the next step on,
 * wherever their text comes again.
 *
 * @param rewinds of the run so far
 */
public record LeftOut(List<Rewind> rewinds) {

    public static final LeftOut NOTHING = new LeftOut(List.of());

    public LeftOut {
        rewinds = List.copyOf(rewinds);
    }

    /**
     * A decision to go back.
     *
     * @param decidedAt step after which it was taken
     * @param afterStep step that the run goes back to; the documents are left out of every later one
     * @param reason for people
     * @param documents that are left out
     */
    public record Rewind(long decidedAt, long afterStep, String reason, List<BlamedDocument> documents) {
        public Rewind {
            documents = List.copyOf(documents);
        }

        private Rewind from(long step) {
            return new Rewind(decidedAt, step, reason, documents);
        }
    }

    /** After one more rewind. */
    public LeftOut and(Rewind rewind) {
        Stream<Rewind> before =
                rewinds.stream().map(earlier -> earlier.from(Math.min(earlier.afterStep(), rewind.afterStep())));
        return new LeftOut(Stream.concat(before, Stream.of(rewind)).toList());
    }

    /** What had been decided when this step had been taken for the last time: that is what its checkpoint holds. */
    public LeftOut whenTaken(long step) {
        return new LeftOut(
                rewinds.stream().filter(rewind -> rewind.afterStep() < step).toList());
    }

    /** The same as a choice of documents. */
    public TrainingOrder.Omissions omissions() {
        Map<ContentHash, Long> leftOutAfter = new HashMap<>();
        for (Rewind rewind : rewinds) {
            for (BlamedDocument document : rewind.documents()) {
                leftOutAfter.merge(ContentHash.parse(document.contentHash()), rewind.afterStep(), Math::min);
            }
        }
        return (step, place, document) -> {
            Long after = leftOutAfter.get(document.contentHash());
            return after != null && step > after;
        };
    }
}
