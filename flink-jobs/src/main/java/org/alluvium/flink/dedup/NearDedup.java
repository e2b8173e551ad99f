package org.alluvium.flink.dedup;

import java.util.SortedSet;
import org.alluvium.contracts.config.NearDedupConfig;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.ask.AnswerSerializer;
import org.alluvium.flink.ask.AwaitOperator;
import org.alluvium.flink.ask.Held;
import org.alluvium.flink.ask.HeldSerializer;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.near.BandKeys.Bands;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Turns candidates whose text is nearly one that has been seen into {@link Outcome.Duplicate}s, and passes on everything else.
 *
 * <pre>
 *  outcomes ═by content hash═► claim ──────────── document ────────────► await ─► outcomes
 *                                └─► order ═by band═► hold ═to who asked═══┘
 *                                    (one)
 * </pre>
 *
 * A document is a duplicate if any of its bands is held by another. All claims pass one place, of parallelism 1, on whose
 * single way to each subtask of the holders they keep their order: so of any two documents with a common band the same
 * one comes first in all bands, and the other is its duplicate, never each the other's. Bands of a duplicate are held
 * like any others: what resembles it later is a duplicate too, of the same cluster.
 *
 * <p>With parallelism 1 documents keep their order; see docs/design/0015-near-duplicates.md.
 */
public final class NearDedup {

    /** Name of the operator that must run once, whatever the parallelism of the others. */
    public static final String ORDER = "Order claims";

    private NearDedup() {}

    /** Deduplicates a stream of candidates with the parallelism of its environment. */
    public static DataStream<Outcome> of(DataStream<Outcome> outcomes, NearDedupConfig config) {
        SingleOutputStreamOperator<Held> held = outcomes.keyBy(Outcome::key, ContentHashSerializer.TYPE)
                .process(new ClaimBands(Bands.of(config), config.compare(), config.ttl()), HeldSerializer.TYPE)
                .name("Claim bands")
                .uid("near-claim");
        DataStream<Answer> answers = held.getSideOutput(ClaimBands.CLAIMS)
                .global() // never in one chain with the claims, which may be rescaled while the job runs
                .flatMap(inOrder(), BandSerializer.TYPE)
                .name(ORDER)
                .uid("near-order")
                .setParallelism(1)
                .keyBy(Claim.Band::key, Types.LONG)
                .process(new HoldBand(config.ttl()), AnswerSerializer.TYPE)
                .name("Hold bands")
                .uid("near-hold");
        return AwaitOperator.append("Await bands", held, answers, NearDedup::settle)
                .uid("near-await");
    }

    static FlatMapFunction<Claim, Claim.Band> inOrder() {
        return (claim, out) -> {
            for (int i = 0; i < claim.keys().size(); i++) {
                out.collect(new Claim.Band(
                        claim.asker(),
                        claim.ticket(),
                        claim.holder(),
                        i,
                        claim.keys().get(i)));
            }
        };
    }

    static Outcome settle(Outcome outcome, SortedSet<Integer> heldByOthers) {
        return heldByOthers.isEmpty() ? outcome : new Outcome.Duplicate(outcome.key(), Outcome.Duplicate.Kind.NEAR);
    }
}
