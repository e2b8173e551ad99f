package org.alluvium.flink.sink;

import java.util.EnumMap;
import java.util.Map;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SkipReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The funnel as Flink metrics: {@code alluvium.accepted}, {@code .tokens}, {@code .duplicates}, {@code .superseded},
 * {@code .deleted}, {@code .rejected.reason.<reason>.records} and {@code .skipped.reason.<reason>.records}. The labels are
 * the constants of {@link DeadLetterReason} and {@link SkipReason} and nothing from the data, so their number is bounded.
 */
final class FunnelMetrics {

    private final Counter accepted;
    private final Counter tokens;
    private final Counter duplicates;
    private final Counter superseded;
    private final Counter deleted;
    private final Map<DeadLetterReason, Counter> rejected = new EnumMap<>(DeadLetterReason.class);
    private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);

    FunnelMetrics(MetricGroup operatorGroup) {
        MetricGroup group = operatorGroup.addGroup("alluvium");
        accepted = group.counter("accepted");
        tokens = group.counter("tokens");
        duplicates = group.counter("duplicates");
        superseded = group.counter("superseded");
        deleted = group.counter("deleted");
        MetricGroup rejectedGroup = group.addGroup("rejected");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            rejected.put(reason, rejectedGroup.addGroup("reason", reason.code()).counter("records"));
        }
        MetricGroup skippedGroup = group.addGroup("skipped");
        for (SkipReason reason : SkipReason.values()) {
            skipped.put(reason, skippedGroup.addGroup("reason", reason.code()).counter("records"));
        }
    }

    void count(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted document) {
            accepted.inc();
            tokens.inc(document.row().tokenCount());
        } else if (outcome instanceof Outcome.Duplicate) {
            duplicates.inc();
        } else if (outcome instanceof Outcome.Refused refused) {
            rejected.get(refused.letter().reason()).inc();
        } else if (outcome instanceof Outcome.Skipped passed) {
            skipped.get(passed.reason()).inc();
        } else if (outcome instanceof Outcome.Withdrawal withdrawal) {
            (withdrawal.change().kind() == DocumentChange.Kind.DELETED ? deleted : superseded).inc();
        }
    }
}
