package org.alluvium.flink.dedup;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.ask.Held;
import org.alluvium.flink.types.Memory;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.near.BandKeys;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Computes the bands of every candidate and lays claim to them, ahead of the candidate itself. Keyed by content hash.
 *
 * <p>Of a text that a versioned document has brought the keys are remembered, 8 bytes each and 8 for the holder, so that
 * an {@link Outcome.Forget} can give them up again. Of other texts there is no state here.
 */
final class ClaimBands extends KeyedProcessFunction<ContentHash, Outcome, Held> {

    private static final long serialVersionUID = 1L;

    /** Where claims go. */
    static final OutputTag<Claim> CLAIMS = new OutputTag<>("claims", ClaimSerializer.TYPE);

    /** Name of the state; part of every savepoint, never to be changed. */
    static final String STATE = "claimed-v1";

    private final BandKeys.Bands bands;
    private final Compare compare;
    private final Duration timeToLive;

    private transient BandKeys keys;
    private transient ValueState<long[]> claimed; // holder, then the keys
    private transient int subtask;
    private transient long tickets;

    ClaimBands(BandKeys.Bands bands, Compare compare, Duration timeToLive) {
        this.bands = bands;
        this.compare = compare;
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        keys = new BandKeys(bands, compare);
        claimed = getRuntimeContext()
                .getState(Memory.of(STATE, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, timeToLive));
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        tickets = 0;
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Held> out) throws Exception {
        if (outcome instanceof Outcome.Candidate candidate) {
            claim(candidate, context, out);
        } else {
            if (outcome instanceof Outcome.Forget forget) {
                giveUp(forget, context);
            }
            out.collect(Held.free(outcome));
        }
    }

    private void claim(Outcome.Candidate candidate, Context context, Collector<Held> out) throws Exception {
        List<Long> own = boxed(keys.of(candidate.document().text()), 0);
        if (own.isEmpty()) {
            out.collect(Held.free(candidate));
            return;
        }
        long holder = Holder.of(candidate.identity(), candidate.hash());
        long ticket = tickets++;
        context.output(CLAIMS, new Claim(subtask, ticket, holder, own));
        out.collect(new Held(candidate, ticket, own.size()));
        if (candidate.versioned()) {
            claimed.update(remembered(holder, own));
        }
    }

    private void giveUp(Outcome.Forget forget, Context context) throws Exception {
        long holder = Holder.of(forget.holder(), forget.hash());
        long[] remembered = claimed.value();
        if (remembered != null && remembered[0] == holder) {
            context.output(CLAIMS, new Claim(subtask, Claim.RELEASE, holder, boxed(remembered, 1)));
            claimed.clear();
        }
    }

    private static long[] remembered(long holder, List<Long> keys) {
        long[] values = new long[1 + keys.size()];
        Arrays.setAll(values, i -> i == 0 ? holder : keys.get(i - 1));
        return values;
    }

    private static List<Long> boxed(long[] values, int from) {
        return Arrays.stream(values, from, values.length).boxed().toList();
    }
}
