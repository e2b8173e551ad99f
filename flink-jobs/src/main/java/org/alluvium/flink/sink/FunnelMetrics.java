package org.alluvium.flink.sink;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Outcome.Duplicate.Kind;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SkipReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The funnel as Flink metrics: {@code alluvium.accepted}, {@code .tokens}, {@code .superseded}, {@code .deleted}, {@code
 * .duplicates.kind.<kind>.records}, {@code .rejected.reason.<reason>.records} and {@code .skipped.reason.<reason>.records}.
 * The labels are the constants of {@link Kind}, {@link DeadLetterReason} and {@link SkipReason}, and the names of the
 * configured filters' rules, and nothing from the data, so their number is bounded.
 */
final class FunnelMetrics {

    private final Counter accepted;
    private final Counter tokens;
    private final Counter superseded;
    private final Counter deleted;
    private final MetricGroup rejectedGroup;
    private final Map<Kind, Counter> duplicates = new EnumMap<>(Kind.class);
    private final Map<String, Counter> filtered = new HashMap<>();
    private final Map<DeadLetterReason, Counter> rejected = new EnumMap<>(DeadLetterReason.class);
    private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);

    FunnelMetrics(MetricGroup operatorGroup) {
        MetricGroup group = operatorGroup.addGroup("alluvium");
        accepted = group.counter("accepted");
        tokens = group.counter("tokens");
        superseded = group.counter("superseded");
        deleted = group.counter("deleted");
        MetricGroup duplicatesGroup = group.addGroup("duplicates");
        for (Kind kind : Kind.values()) {
            duplicates.put(kind, duplicatesGroup.addGroup("kind", kind.code()).counter("records"));
        }
        rejectedGroup = group.addGroup("rejected");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            rejected.put(reason, rejectedCounter(reason.code()));
        }
        MetricGroup skippedGroup = group.addGroup("skipped");
        for (SkipReason reason : SkipReason.values()) {
            skipped.put(reason, skippedGroup.addGroup("reason", reason.code()).counter("records"));
        }
    }

    private Counter rejectedCounter(String reason) {
        return rejectedGroup.addGroup("reason", reason).counter("records");
    }

    void count(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted document) {
            accepted.inc();
            tokens.inc(document.row().tokenCount());
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            duplicates.get(duplicate.kind()).inc();
        } else if (outcome instanceof Outcome.Rejected reject) {
            filtered.computeIfAbsent(reject.reject().cause(), this::rejectedCounter)
                    .inc();
        } else if (outcome instanceof Outcome.Refused refused) {
            rejected.get(refused.letter().reason()).inc();
        } else if (outcome instanceof Outcome.Skipped passed) {
            skipped.get(passed.reason()).inc();
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            (withdrawal.change().kind() == DocumentChange.Kind.DELETED ? deleted : superseded).inc();
        }
    }
}
