package org.alluvium.flink.job;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.tokenizer.document.Disagreement;
import org.alluvium.tokenizer.document.Watch;
import org.apache.flink.events.Event;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of the check of our encoder: how many documents were compared, whether SentencePiece encodes instead, and, when a
 * document differs, a line in the log and a Flink event {@value #ALERT} with the attributes {@code what} (always {@code tokenizer}),
 * {@code document}, {@code position} (index of the first id that differs), {@code fast} and {@code reference} (ids from there),
 * and {@code message}, which says it all in a sentence.
 */
final class TokenizerMetrics implements Watch {

    /** Name of the event. */
    static final String ALERT = "alert";

    /** Its attributes. */
    static final List<String> ALERT_ATTRIBUTES =
            List.of("what", "document", "position", "fast", "reference", "message");

    private static final Logger LOG = LoggerFactory.getLogger(TokenizerMetrics.class);

    private final MetricGroup group;
    private final Counter checked;

    TokenizerMetrics(MetricGroup group) {
        this.group = group;
        this.checked = IngestMetrics.count(group, IngestMetrics.CHECKED);
    }

    /** Tells from now on whether SentencePiece encodes because of a difference. */
    void tellFallback(BooleanSupplier fallenBack) {
        IngestMetrics.tell(group, IngestMetrics.TOKENIZER_FALLBACK, () -> fallenBack.getAsBoolean() ? 1 : 0);
    }

    @Override
    public void agreed() {
        checked.inc();
    }

    @Override
    public void differs(Disagreement disagreement) {
        checked.inc();
        String fast = text(disagreement.fast());
        String reference = text(disagreement.reference());
        String message =
                "document " + disagreement.document() + " has other ids than SentencePiece gives it, from token "
                        + disagreement.position() + " on ([" + fast + "] instead of [" + reference
                        + "]); SentencePiece encodes from now on";
        LOG.error("{}. Please report it, with the document and the vocabulary.", message);
        group.addEvent(Event.builder(TokenizerMetrics.class, ALERT)
                .setSeverity("ERROR")
                .setAttribute("what", "tokenizer")
                .setAttribute("document", disagreement.document())
                .setAttribute("position", disagreement.position())
                .setAttribute("fast", fast)
                .setAttribute("reference", reference)
                .setAttribute("message", message));
    }

    @Override
    public void cannotCheck(String why) {
        LOG.warn("The encoder is not compared with SentencePiece's: {}", why);
    }

    private static String text(List<Integer> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
