package org.alluvium.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.trainer.checkpoint.CheckpointState.Progress;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.event.StepFacts;
import org.junit.jupiter.api.Test;

class StepMeterTest {

    @Test
    void lagIsTheMedianAgeOfDocumentsAndTheirNewestEntryIsTold() {
        StepMeter meter = new StepMeter(new StepMeter.Machine(1, 1), () -> Instant.ofEpochSecond(100), () -> 500);
        StepBatch batch =
                new StepBatch(0, List.of(), List.of(piece(7, 90), piece(9, 80), piece(8, 95)), Cursor.START, 300);

        StepFacts facts = meter.measure(
                batch,
                new StepResult(3, 2, 2, 0.1, 1, List.of()),
                new Progress(3, 24, 0, 0),
                new StepMeter.Times(1, 1, 0, Map.of()));

        assertThat(facts.lag()).isEqualTo(new StepFacts.Lag(200, 10, 100, 9, 0));
    }

    private static Piece piece(long logEntry, long commitSeconds) {
        TrainingDocument document = new TrainingDocument(
                "id",
                new TrainingDocument.Provenance(
                        "test", "file", Optional.empty(), Optional.empty(), new RowPlace(logEntry, 0, 0)),
                new ContentHash(0, 0),
                new int[8],
                24,
                new TrainingDocument.Times(0, OptionalLong.empty(), commitSeconds * 1000),
                0);
        return new Piece(document, 0, document.length());
    }
}
