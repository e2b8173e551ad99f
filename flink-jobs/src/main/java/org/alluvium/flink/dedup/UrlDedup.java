package org.alluvium.flink.dedup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Memory;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.address.CanonicalUrl;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns every candidate whose address another document has had into a {@link Outcome.Duplicate}, and passes on everything
 * else. Keyed by {@link CanonicalUrl}; what has no address passes.
 *
 * <p>An address stays with the document that brought it first, which may come with newer versions of itself, for as long as it
 * is remembered, though the document be deleted. The state of an address is 8 bytes, its key 16.
 */
public final class UrlDedup extends KeyedProcessFunction<ContentHash, Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    /** Name of the state; part of every savepoint, never to be changed. */
    static final String STATE = "url-v1";

    private final Duration timeToLive;

    private transient ValueState<Long> holder;

    /** @param timeToLive how long an address is remembered; zero is for ever */
    public UrlDedup(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    /** Deduplicates a stream of candidates. */
    static DataStream<Outcome> of(DataStream<Outcome> outcomes, Duration timeToLive) {
        return outcomes.keyBy(UrlDedup::key, ContentHashSerializer.TYPE)
                .process(new UrlDedup(timeToLive), OutcomeSerializer.TYPE)
                .name("Deduplicate addresses")
                .uid("url-dedup");
    }

    /** What meets at one subtask: documents of one address, and of everything else what met before. */
    public static ContentHash key(Outcome outcome) {
        return outcome instanceof Outcome.Candidate candidate
                ? address(candidate).orElse(candidate.hash())
                : outcome.key();
    }

    private static Optional<ContentHash> address(Outcome.Candidate candidate) {
        return candidate
                .document()
                .url()
                .flatMap(CanonicalUrl::of)
                .map(url -> ContentHasher.v1(url.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void open(OpenContext context) {
        holder = getRuntimeContext().getState(Memory.of(STATE, BasicTypeInfo.LONG_TYPE_INFO, timeToLive));
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Outcome> out) throws Exception {
        if (outcome instanceof Outcome.Candidate candidate && address(candidate).isPresent()) {
            out.collect(decide(candidate));
        } else {
            out.collect(outcome);
        }
    }

    private Outcome decide(Outcome.Candidate candidate) throws Exception {
        long own = Holder.of(candidate.identity(), candidate.hash());
        Long before = holder.value();
        if (before != null && !Holder.sameDocument(before, own)) {
            return new Outcome.Duplicate(candidate.hash(), Outcome.Duplicate.Kind.URL);
        }
        holder.update(own);
        return candidate;
    }
}
