package org.alluvium.gateway.batch;

import java.util.List;

/** What a body held: only if all of it is good is any of it taken. */
public sealed interface Batch {

    /** All records, at least one, in the order of the body. */
    record Good(List<PushedRecord> records) implements Batch {
        public Good {
            records = List.copyOf(records);
        }
    }

    /**
     * Some records are not documents.
     *
     * @param first the first of them, at most {@link BatchReader#MOST_REPORTED}
     * @param count how many there are
     */
    record Bad(List<BadRecord> first, int count) implements Batch {
        public Bad {
            first = List.copyOf(first);
        }
    }

    /** A record is longer than the source reads. */
    record TooLong(BadRecord record) implements Batch {}
}
