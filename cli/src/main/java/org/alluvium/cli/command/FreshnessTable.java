package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Freshness.Quantiles;

/**
 * How long documents take from one moment of their way to another, as far as is known.
 *
 * @param legs by name, {@code eventToCommit} say, in the order of the way
 * @param tooOld documents that the trainer passed over since they were too old
 */
record FreshnessTable(Map<String, Quantiles> legs, long tooOld) {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final long MINUTE_MILLIS = 60_000;

    /** What the newest commit and the newest report of the trainer say. */
    static FreshnessTable of(RunMonitor monitor) {
        Map<String, Quantiles> legs = new LinkedHashMap<>();
        monitor.ingest().freshness().ifPresent(freshness -> putAll(legs, freshness));
        legs.putAll(monitor.trainer().freshness());
        return new FreshnessTable(legs, monitor.trainer().tooOld());
    }

    private static void putAll(Map<String, Quantiles> legs, Freshness freshness) {
        legs.put("eventToIngest", freshness.eventToIngest());
        legs.put("ingestToCommit", freshness.ingestToCommit());
        legs.put("eventToCommit", freshness.eventToCommit());
    }

    /** Prints a row per leg; what is not known is left out. */
    void print(PrintWriter out) {
        if (!legs.isEmpty()) {
            Table table = new Table("freshness", "p50", "p95", "p99");
            legs.forEach((leg, quantiles) -> table.add(
                    words(leg), age(quantiles.p50Millis()), age(quantiles.p95Millis()), age(quantiles.p99Millis())));
            out.println();
            table.print(out);
        }
        if (tooOld > 0) {
            out.println();
            out.println(Units.count(tooOld) + " documents were too old to be learned from (train.freshness.maxAge)");
        }
    }

    /** As members of a JSON object. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        legs.forEach((leg, quantiles) -> fields.put(leg, quantiles.fields()));
        fields.put("documentsTooOld", tooOld);
        return fields;
    }

    /** {@code eventToCommit} as {@code event to commit}. */
    private static String words(String leg) {
        return leg.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** Tenths of a second as long as they matter; a text that is years old is told in days. */
    private static String age(long millis) {
        return millis < MINUTE_MILLIS
                ? Units.decimal(millis / MILLIS_PER_SECOND, 1) + " s"
                : Units.duration(Duration.ofMillis(millis));
    }
}
