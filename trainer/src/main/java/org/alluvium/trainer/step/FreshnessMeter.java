package org.alluvium.trainer.step;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.data.TrainingDocument.Times;
import org.alluvium.trainer.event.TrainEvents;

/**
 * How long documents took from each moment of their way to the end of the first step that learned from them. A document that
 * spans steps counts once, at its first token; one that is repeated counts as often as it
 * begins, one that is replayed not at all. Steps that a resumed run takes again are not measured: they were learned from
 * before. Used by one thread.
 */
public final class FreshnessMeter {

    /** How much time one report is about, at least. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final TrainEvents events;
    private List<Leg> legs = List.of();
    private long began;
    private long documents;

    /** The times, in milliseconds, from one moment of documents' way to the end of a step; a moment may be unknown. */
    private record Leg(String name, Function<Times, OptionalLong> from, LongStream.Builder millis) {

        Leg(String name, Function<Times, OptionalLong> from) {
            this(name, from, LongStream.builder());
        }

        void add(Times times, long now) {
            from.apply(times).ifPresent(moment -> millis.add(now - moment));
        }
    }

    public FreshnessMeter(InstantSource clock, TrainEvents events) {
        this.clock = clock;
        this.events = events;
        begin();
    }

    /** Takes the documents of a step that has just been taken for the first time, and reports if it is time to. */
    public void stepped(long step, StepBatch batch) {
        long now = clock.millis();
        for (Piece piece : batch.pieces()) {
            if (piece.from() == 0 && !piece.document().isReplayed()) {
                legs.forEach(leg -> leg.add(piece.document().times(), now));
                documents++;
            }
        }
        if (now - began >= PERIOD.toMillis()) {
            report(step);
        }
    }

    /** Reports what has not been reported, if there is anything. */
    public void report(long step) {
        if (documents > 0) {
            Map<String, Quantiles> quantiles = new LinkedHashMap<>();
            for (Leg leg : legs) {
                Quantiles.of(leg.millis().build().toArray()).ifPresent(found -> quantiles.put(leg.name(), found));
            }
            events.fresh(step, documents, quantiles);
        }
        begin();
    }

    private void begin() {
        began = clock.millis();
        documents = 0;
        legs = List.of(
                new Leg("eventToStep", times -> OptionalLong.of(times.eventMillis())),
                new Leg("ingestToStep", Times::ingestMillis),
                new Leg("commitToStep", times -> OptionalLong.of(times.commitMillis())));
    }
}
