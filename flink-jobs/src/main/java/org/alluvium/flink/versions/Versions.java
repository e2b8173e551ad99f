package org.alluvium.flink.versions;

import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Memory;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Watches documents whose ids their producer gives. A document with a known id and another text supersedes the version
 * before, an order to delete withdraws it: either is said by an {@link Outcome.Withdrawal} for the log and an {@link
 * Outcome.Forget} for the deduplication, ahead of what caused it. Of two versions the one that is read later is the newer,
 * whatever their event times say; one that the filters reject supersedes the version before like any other, and the
 * document then has no row. Everything else passes as it is.
 *
 * <p>The state of a document is the 16 bytes of its version's hash, its key 16 more. With a time to live, a version is
 * forgotten that long after it came; what follows it is then a new document, and an order to delete names no version.
 */
public final class Versions extends KeyedProcessFunction<ContentHash, Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    /** Name of the state; part of every savepoint, never to be changed. */
    static final String STATE = "version-v1";

    private final Duration timeToLive;

    private transient ValueState<ContentHash> version;

    /** @param timeToLive how long a version is remembered; zero is for ever */
    public Versions(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        version = getRuntimeContext().getState(Memory.of(STATE, ContentHashSerializer.TYPE, timeToLive));
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Outcome> out) throws Exception {
        if (outcome instanceof Outcome.Judged judged && judged.versioned()) {
            arrive(judged, context.getCurrentKey(), out);
        } else if (outcome instanceof Outcome.Withdrawal deletion) {
            delete(deletion.change(), context.getCurrentKey(), out);
        } else {
            out.collect(outcome);
        }
    }

    private void arrive(Outcome.Judged judged, ContentHash identity, Collector<Outcome> out) throws Exception {
        ContentHash before = version.value();
        if (!judged.hash().equals(before)) {
            version.update(judged.hash());
            if (before != null) {
                out.collect(new Outcome.Forget(before, identity));
                out.collect(new Outcome.Withdrawal(superseded(before, judged.document())));
            }
        }
        out.collect(judged);
    }

    private static DocumentChange superseded(ContentHash before, Document by) {
        return new DocumentChange(
                by.source(),
                by.id(),
                DocumentChange.Kind.SUPERSEDED,
                Optional.of(before),
                by.origin(),
                by.eventTimeMillis());
    }

    private void delete(DocumentChange deletion, ContentHash identity, Collector<Outcome> out) throws Exception {
        ContentHash before = version.value();
        if (before == null) {
            out.collect(new Outcome.Withdrawal(deletion));
        } else {
            version.clear();
            out.collect(new Outcome.Forget(before, identity));
            out.collect(new Outcome.Withdrawal(deletion.of(before)));
        }
    }
}
