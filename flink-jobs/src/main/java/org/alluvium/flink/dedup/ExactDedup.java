package org.alluvium.flink.dedup;

import java.time.Duration;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Memory;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Outcome.Duplicate.Kind;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns every candidate whose text has been seen into a {@link Outcome.Duplicate} and passes on everything else. The state
 * of a text is one byte, its key the 16 bytes of the hash; a text that a versioned document has brought has that document's
 * 16 bytes as well.
 *
 * <p>A text is forgotten, by an {@link Outcome.Forget}, when the version that brought it is withdrawn: so a
 * document may go back to a text it has had. Who brought the same text in the meantime was a duplicate and stays one.
 *
 * <p>With a time to live, a text is also forgotten that long after it was first seen; see {@link Memory}.
 */
public final class ExactDedup extends KeyedProcessFunction<ContentHash, Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    /** Names of the states; part of every savepoint, never to be changed. */
    static final String STATE = "seen-v1";

    static final String HOLDER_STATE = "holder-v1";

    private final Duration timeToLive;

    private transient ValueState<Byte> seen;
    private transient ValueState<ContentHash> holder;

    /** @param timeToLive how long a text is remembered; zero is for ever */
    public ExactDedup(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext().getState(Memory.of(STATE, BasicTypeInfo.BYTE_TYPE_INFO, timeToLive));
        holder = getRuntimeContext().getState(Memory.of(HOLDER_STATE, ContentHashSerializer.TYPE, timeToLive));
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Outcome> out) throws Exception {
        if (outcome instanceof Outcome.Candidate candidate) {
            decide(candidate, out);
        } else {
            if (outcome instanceof Outcome.Forget forget) {
                forget(forget);
            }
            out.collect(outcome);
        }
    }

    private void decide(Outcome.Candidate candidate, Collector<Outcome> out) throws Exception {
        if (seen.value() != null) {
            out.collect(new Outcome.Duplicate(candidate.hash(), Kind.EXACT));
            return;
        }
        seen.update((byte) 1);
        if (candidate.versioned()) {
            holder.update(candidate.identity());
        }
        out.collect(candidate);
    }

    private void forget(Outcome.Forget forget) throws Exception {
        if (forget.holder().equals(holder.value())) {
            seen.clear();
            holder.clear();
        }
    }
}
