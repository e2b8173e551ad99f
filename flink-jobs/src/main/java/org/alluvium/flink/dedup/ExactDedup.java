package org.alluvium.flink.dedup;

import java.time.Duration;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns every candidate whose text has been seen into a {@link Outcome.Duplicate} and passes on everything else. The state
 * of a text is one byte, its key the 16 bytes of the hash.
 *
 * <p>With a time to live, a text is forgotten that long after it was first seen, by the machine's clock, which is the only
 * one Flink offers: a replay that straddles the moment of forgetting may decide otherwise than the first time, which no
 * committed output depends on.
 */
public final class ExactDedup extends KeyedProcessFunction<ContentHash, Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    /** Name of the state; part of every savepoint, never to be changed. */
    static final String STATE = "seen-v1";

    /** Entries a RocksDB compaction looks at before it asks for the time again. */
    private static final long COMPACTION_CLOCK_INTERVAL = 1_000;

    private final Duration timeToLive;

    private transient ValueState<Byte> seen;

    /** @param timeToLive how long a text is remembered; zero is for ever */
    public ExactDedup(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<Byte> descriptor = new ValueStateDescriptor<>(STATE, BasicTypeInfo.BYTE_TYPE_INFO);
        if (!timeToLive.isZero()) {
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(timeToLive)
                    .updateTtlOnCreateAndWrite()
                    .neverReturnExpired()
                    .cleanupInRocksdbCompactFilter(COMPACTION_CLOCK_INTERVAL)
                    .build());
        }
        seen = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Outcome> out) throws Exception {
        if (!(outcome instanceof Outcome.Candidate candidate)) {
            out.collect(outcome);
        } else if (seen.value() != null) {
            out.collect(new Outcome.Duplicate(candidate.hash()));
        } else {
            seen.update((byte) 1);
            out.collect(candidate);
        }
    }
}
