package org.alluvium.flink.sink;

import java.util.EnumMap;
import java.util.Map;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.record.DeadLetterReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The funnel as Flink metrics: {@code alluvium.accepted}, {@code .tokens}, {@code .duplicates} and {@code
 * .rejected.reason.<reason>.records}. The labels are the constants of {@link DeadLetterReason} and nothing from the data,
 * so their number is bounded.
 */
final class FunnelMetrics {

    private final Counter accepted;
    private final Counter tokens;
    private final Counter duplicates;
    private final Map<DeadLetterReason, Counter> rejected = new EnumMap<>(DeadLetterReason.class);

    FunnelMetrics(MetricGroup operatorGroup) {
        MetricGroup group = operatorGroup.addGroup("alluvium");
        accepted = group.counter("accepted");
        tokens = group.counter("tokens");
        duplicates = group.counter("duplicates");
        MetricGroup rejectedGroup = group.addGroup("rejected");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            rejected.put(reason, rejectedGroup.addGroup("reason", reason.code()).counter("records"));
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
        }
    }
}
