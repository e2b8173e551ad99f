package org.alluvium.flink.lines;

import java.time.Duration;
import java.util.List;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.types.Memory;
import org.alluvium.ingest.boilerplate.LineSketch;
import org.alluvium.ingest.boilerplate.LineSketch.Rule;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Remembers what the documents of each host have had, in a {@link LineSketch} of 262 bytes to 16 KiB. */
final class KnowHost extends KeyedProcessFunction<Long, HostQuestion, Answer> {

    private static final long serialVersionUID = 1L;

    /** Name of the state; part of every savepoint, never to be changed. */
    static final String STATE = "host-lines-v1";

    private final int documents;
    private final double share;
    private final Duration timeToLive;

    private transient ValueState<byte[]> seen;

    KnowHost(int documents, double share, Duration timeToLive) {
        this.documents = documents;
        this.share = share;
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext()
                .getState(Memory.of(STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO, timeToLive));
    }

    @Override
    public void processElement(HostQuestion question, Context context, Collector<Answer> out) throws Exception {
        byte[] before = seen.value();
        LineSketch sketch = before == null ? new LineSketch() : LineSketch.of(before);
        List<Integer> boilerplate = List.copyOf(sketch.see(question.lines(), new Rule(documents, share)));
        seen.update(sketch.toBytes());
        out.collect(new Answer(question.asker(), question.ticket(), boilerplate));
    }
}
