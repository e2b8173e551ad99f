package org.alluvium.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.alluvium.contracts.event.Event;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.fixture.KeptEvents;
import org.alluvium.trainer.fixture.ListFeed;
import org.alluvium.trainer.score.PrequentialScores;
import org.junit.jupiter.api.Test;

class PrequentialMeterTest {

    private static final double BIT = Math.log(2);

    private final KeptEvents events = new KeptEvents();
    private final PrequentialMeter meter = new PrequentialMeter(2, new TrainEvents(events));

    @Test
    void theWholeRunAndTheRecentPartAreReported() {
        TrainingDocument document = ListFeed.document("web", "de");
        PrequentialScores scores = PrequentialScores.NONE;
        for (int step = 1; step <= 4; step++) {
            scores = meter.stepped(step, scores, List.of(loss(document, (5 - step) * 15 * BIT)));
        }

        assertThat(events.of("prequential"))
                .extracting(event -> event.number("step", 0))
                .containsExactly(2.0, 4.0);
        Event last = events.of("prequential").getLast();
        assertThat(last.number("bitsPerByte", 0)).isEqualTo(2.5);
        assertThat(last.number("recentBitsPerByte", 0)).isEqualTo(1.5);
        assertThat(last.number("documents", 0)).isEqualTo(4);
        assertThat(last.number("bytes", 0)).isEqualTo(60);
        assertThat(last.text("bySource")).contains("web", "recentBitsPerByte=1.5");
        assertThat(last.text("byLanguage")).contains("de", "bitsPerByte=2.5");
    }

    @Test
    void aDocumentThatIsReadAgainWasLearnedFromAlready() {
        TrainingDocument first = ListFeed.document("web", "de");
        TrainingDocument again = new TrainingDocument(
                first.id(), first.provenance(), first.contentHash(), first.ids(), first.textBytes(), first.times(), 1);
        PrequentialScores scores = PrequentialScores.NONE.plus(List.of(loss(first, 1), loss(again, 1)));

        assertThat(scores.total().all().documents()).isEqualTo(1);
        assertThat(scores.total().all().lossSum()).isEqualTo(1);
    }

    private static PieceLoss loss(TrainingDocument document, double lossSum) {
        return new PieceLoss(new Piece(document, 0, document.length()), lossSum);
    }
}
