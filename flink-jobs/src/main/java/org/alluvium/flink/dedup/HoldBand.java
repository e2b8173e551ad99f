package org.alluvium.flink.dedup;

import java.time.Duration;
import java.util.List;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.types.Memory;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Remembers who holds a band. The first that claims it gets it, and every other is told so by a mark, the number of the band.
 * The state of a band is the 8 bytes of its {@link Holder}, its key 8 more.
 */
public final class HoldBand extends KeyedProcessFunction<Long, Claim.Band, Answer> {

    private static final long serialVersionUID = 1L;

    /** Name of the state; part of every savepoint, never to be changed. */
    static final String STATE = "band-v1";

    private final Duration timeToLive;

    private transient ValueState<Long> holder;

    /** @param timeToLive how long a band is remembered; zero is for ever */
    public HoldBand(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        holder = getRuntimeContext().getState(Memory.of(STATE, BasicTypeInfo.LONG_TYPE_INFO, timeToLive));
    }

    @Override
    public void processElement(Claim.Band band, Context context, Collector<Answer> out) throws Exception {
        Long before = holder.value();
        if (band.isRelease()) {
            if (before != null && before == band.holder()) {
                holder.clear();
            }
        } else if (before == null || Holder.sameDocument(before, band.holder())) {
            holder.update(band.holder());
            out.collect(new Answer(band.asker(), band.ticket(), List.of()));
        } else {
            out.collect(new Answer(band.asker(), band.ticket(), List.of(band.number())));
        }
    }
}
