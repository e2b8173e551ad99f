package org.alluvium.contracts.log;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How old documents were on their way into one commit, in milliseconds. A leg is negative where the producer's clock ran
 * ahead of this machine's.
 *
 * @param eventToIngest from when a document says it was published to when ingest read it
 * @param ingestToCommit from there to the log entry
 * @param eventToCommit both together
 */
public record Freshness(Quantiles eventToIngest, Quantiles ingestToCommit, Quantiles eventToCommit) {

    /** Ages that half, 95 and 99 percent of the documents did not exceed. */
    public record Quantiles(long p50Millis, long p95Millis, long p99Millis) {

        /**
         * Those of the given ages, by nearest rank (Hyndman and Fan, 1996, definition 1): each is one of the ages. Empty if
         * there are none.
         *
         * @param millis in any order; left as they are
         */
        public static Optional<Quantiles> of(long[] millis) {
            if (millis.length == 0) {
                return Optional.empty();
            }
            long[] sorted = millis.clone();
            Arrays.sort(sorted);
            return Optional.of(new Quantiles(atPercent(sorted, 50), atPercent(sorted, 95), atPercent(sorted, 99)));
        }

        private static long atPercent(long[] sorted, int percent) {
            return sorted[Math.toIntExact(((long) sorted.length * percent + 99) / 100) - 1];
        }

        /** As the members of an event, named as the components are. */
        public Map<String, Long> fields() {
            Map<String, Long> fields = new LinkedHashMap<>();
            fields.put("p50Millis", p50Millis);
            fields.put("p95Millis", p95Millis);
            fields.put("p99Millis", p99Millis);
            return fields;
        }

        /** What {@link #fields} made, as an event brought it back; empty if it is nothing of the kind. */
        public static Optional<Quantiles> from(Object member) {
            return member instanceof Map<?, ?> map
                            && map.get("p50Millis") instanceof Number p50
                            && map.get("p95Millis") instanceof Number p95
                            && map.get("p99Millis") instanceof Number p99
                    ? Optional.of(new Quantiles(p50.longValue(), p95.longValue(), p99.longValue()))
                    : Optional.empty();
        }
    }
}
