package org.alluvium.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.data.TrainingDocument.Provenance;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.fixture.KeptEvents;
import org.junit.jupiter.api.Test;

class FreshnessMeterTest {

    private final SetClock clock = new SetClock();
    private final KeptEvents events = new KeptEvents();
    private final FreshnessMeter meter = new FreshnessMeter(clock, new TrainEvents(events));

    @Test
    void eachLegEndsWithTheStep() {
        clock.seconds = 10;
        meter.stepped(1, step(piece(document(2, 5), 0), piece(document(4, 9), 0)));

        assertThat(fields()).hasSize(1);
        assertThat(fields().getFirst())
                .containsEntry("step", 1L)
                .containsEntry("documents", 2L)
                .containsEntry("eventToStep", new Quantiles(6000, 8000, 8000).fields())
                .containsEntry("commitToStep", new Quantiles(1000, 5000, 5000).fields());
    }

    @Test
    void aReportIsAboutAllStepsOfItsPeriodAndOfNoOther() {
        clock.seconds = 1;
        meter.stepped(1, step(piece(document(0, 0), 0)));
        assertThat(events.of("freshness")).isEmpty();
        clock.seconds = 10;
        meter.stepped(2, step(piece(document(0, 0), 0)));
        clock.seconds = 11;
        meter.stepped(3, step(piece(document(11, 11), 0)));
        meter.report(3);
        meter.report(3);

        assertThat(fields()).extracting(fields -> fields.get("documents")).containsExactly(2L, 1L);
        assertThat(fields().getLast()).containsEntry("eventToStep", new Quantiles(0, 0, 0).fields());
    }

    @Test
    void theArrivalOfThoseCountsThatHaveOne() {
        clock.seconds = 10;
        meter.stepped(1, step(piece(document(2, 5), 0), piece(document(4, OptionalLong.of(7_500), 9), 0)));

        assertThat(fields().getFirst())
                .containsEntry("documents", 2L)
                .containsEntry("ingestToStep", new Quantiles(2500, 2500, 2500).fields());
    }

    @Test
    void theRestOfADocumentIsNotADocument() {
        clock.seconds = 20;
        meter.stepped(1, step(piece(document(0, 0), 3)));

        assertThat(events.of("freshness")).isEmpty();
    }

    private List<Map<String, Object>> fields() {
        return events.of("freshness").stream().map(Event::fields).toList();
    }

    private static StepBatch step(Piece... pieces) {
        return new StepBatch(0, List.of(), List.of(pieces), Cursor.START, 0);
    }

    private static Piece piece(TrainingDocument document, int from) {
        return new Piece(document, from, document.length());
    }

    private static TrainingDocument document(long eventSeconds, long commitSeconds) {
        return document(eventSeconds, OptionalLong.empty(), commitSeconds);
    }

    private static TrainingDocument document(long eventSeconds, OptionalLong ingestMillis, long commitSeconds) {
        TrainingDocument.Times times =
                new TrainingDocument.Times(eventSeconds * 1000, ingestMillis, commitSeconds * 1000);
        return new TrainingDocument(
                "id",
                new Provenance("test", "file", Optional.empty(), Optional.empty(), new RowPlace(0, 0, 0)),
                new ContentHash(0, 0),
                new int[8],
                24,
                times,
                0);
    }

    private static final class SetClock implements InstantSource {

        private long seconds;

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(seconds);
        }
    }
}
