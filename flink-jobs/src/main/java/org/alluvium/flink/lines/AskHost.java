package org.alluvium.flink.lines;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.alluvium.flink.ask.Held;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.address.Host;
import org.alluvium.ingest.boilerplate.TextLines;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Asks about every document that has a host, ahead of the document itself. */
final class AskHost extends ProcessFunction<Outcome, Held> {

    private static final long serialVersionUID = 1L;

    /** Where questions go. */
    static final OutputTag<HostQuestion> QUESTIONS = new OutputTag<>("host-questions", HostQuestionSerializer.TYPE);

    private transient int subtask;
    private transient long tickets;

    @Override
    public void open(OpenContext context) {
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        tickets = 0;
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Held> out) {
        if (outcome instanceof Outcome.Unjudged unjudged) {
            Optional<String> host = unjudged.document().url().flatMap(Host::of);
            if (host.isPresent()) {
                long ticket = tickets++;
                context.output(
                        QUESTIONS,
                        new HostQuestion(
                                subtask,
                                ticket,
                                hash(host.get()),
                                TextLines.of(unjudged.document().text())));
                out.collect(new Held(outcome, ticket, 1));
                return;
            }
        }
        out.collect(Held.free(outcome));
    }

    private static long hash(String host) {
        return Hashing.xxh3_64().hashBytesToLong(host.getBytes(StandardCharsets.UTF_8));
    }
}
