package org.alluvium.flink.sink;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Outcome.Duplicate.Kind;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SkipReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The funnel as metrics. The labels are the constants of {@link Kind}, {@link DeadLetterReason} and {@link SkipReason}, and the
 * names of the configured filters' rules, and nothing from the data, so their number is bounded.
 */
final class FunnelMetrics {

    private static final String ACCEPTED = "accepted";
    private static final String DUPLICATE = "duplicate";
    private static final String REJECTED = "rejected";
    private static final String REFUSED = "refused";
    private static final String SKIPPED = "skipped";
    private static final String SUPERSEDED = "superseded";
    private static final String DELETED = "deleted";
    private static final List<String> OUTCOMES =
            List.of(ACCEPTED, DUPLICATE, REJECTED, REFUSED, SKIPPED, SUPERSEDED, DELETED);

    private final MetricGroup group;
    private final Map<String, Counter> outcomes = new HashMap<>();
    private final Counter tokens;
    private final Map<Kind, Counter> duplicates = new EnumMap<>(Kind.class);
    private final Map<String, Counter> rejected = new HashMap<>();
    private final Map<DeadLetterReason, Counter> refused = new EnumMap<>(DeadLetterReason.class);
    private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);

    FunnelMetrics(MetricGroup operatorGroup) {
        group = operatorGroup;
        for (String outcome : OUTCOMES) {
            outcomes.put(outcome, IngestMetrics.count(group, IngestMetrics.DOCUMENTS, outcome));
        }
        tokens = IngestMetrics.count(group, IngestMetrics.TOKENS);
        for (Kind kind : Kind.values()) {
            duplicates.put(kind, IngestMetrics.count(group, IngestMetrics.DUPLICATES, kind.code()));
        }
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            refused.put(reason, IngestMetrics.count(group, IngestMetrics.DEAD_LETTERS, reason.code()));
        }
        for (SkipReason reason : SkipReason.values()) {
            skipped.put(reason, IngestMetrics.count(group, IngestMetrics.SKIPPED, reason.code()));
        }
    }

    void count(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted document) {
            outcomes.get(ACCEPTED).inc();
            tokens.inc(document.row().tokenCount());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            outcomes.get(DUPLICATE).inc();
            duplicates.get(duplicate.kind()).inc();
        } else if (outcome instanceof Outcome.Rejected reject) {
            outcomes.get(REJECTED).inc();
            rejected.computeIfAbsent(reject.reject().cause(), this::rejectedFor).inc();
        } else if (outcome instanceof Outcome.Refused letter) {
            outcomes.get(REFUSED).inc();
            refused.get(letter.letter().reason()).inc();
        } else if (outcome instanceof Outcome.Skipped passed) {
            outcomes.get(SKIPPED).inc();
            skipped.get(passed.reason()).inc();
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            boolean deleted = withdrawal.change().kind() == DocumentChange.Kind.DELETED;
            outcomes.get(deleted ? DELETED : SUPERSEDED).inc();
        }
    }

    /** Which rules there are is known only once they apply. */
    private Counter rejectedFor(String cause) {
        return IngestMetrics.count(group, IngestMetrics.REJECTED, cause);
    }
}
