package org.alluvium.flink.lines;

import org.alluvium.contracts.config.LineDedupConfig;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.ask.AnswerSerializer;
import org.alluvium.flink.ask.AwaitOperator;
import org.alluvium.flink.ask.Held;
import org.alluvium.flink.ask.HeldSerializer;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Cuts out of documents what many documents of the same host have had before, and passes on everything else.
 *
 * <pre>
 *  outcomes ─► ask ──────────── document ─────────► await ─► outcomes
 *               └─► ═by host═► know ═to who asked═════┘
 * </pre>
 *
 * The documents themselves do not change their subtask, so that all that concerns one of them keeps its order, whatever hosts
 * its versions came from.
 */
public final class LineDedup {

    private LineDedup() {}

    /** Looks at a stream of unjudged documents with the parallelism of its environment. */
    public static DataStream<Outcome> of(DataStream<Outcome> outcomes, LineDedupConfig config) {
        SingleOutputStreamOperator<Held> held = outcomes.process(new AskHost(), HeldSerializer.TYPE)
                .name("Ask host")
                .uid("lines-ask");
        DataStream<Answer> answers = held.getSideOutput(AskHost.QUESTIONS)
                .keyBy(HostQuestion::host, Types.LONG)
                .process(new KnowHost(config.documents(), config.share(), config.ttl()), AnswerSerializer.TYPE)
                .name("Know host")
                .uid("lines-know");
        return AwaitOperator.append("Cut lines", held, answers, CutLines::settle)
                .uid("lines-cut");
    }
}
