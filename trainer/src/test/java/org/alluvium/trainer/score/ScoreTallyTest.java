package org.alluvium.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.PieceLoss;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.fixture.ListFeed;
import org.junit.jupiter.api.Test;

class ScoreTallyTest {

    @Test
    void piecesAddUpTogetherAndBySourceAndLanguage() {
        TrainingDocument german = ListFeed.document("web", "de");
        TrainingDocument unknown = ListFeed.document("web", "");
        ScoreTally tally = new ScoreTally(TextScores.NONE);

        tally.add(new PieceLoss(new Piece(german, 0, 3), 3));
        tally.add(new PieceLoss(new Piece(german, 3, 5), 1));
        tally.add(new PieceLoss(new Piece(unknown, 0, 5), 2));
        tally.add(new PieceLoss(new Piece(ListFeed.document("talks", "de"), 0, 5), 8));

        TextScores scores = tally.scores();
        assertThat(scores.all()).isEqualTo(new TextScore(3, 45, 14));
        assertThat(scores.bySource())
                .isEqualTo(Map.of("web", new TextScore(2, 30, 6), "talks", new TextScore(1, 15, 8)));
        assertThat(scores.byLanguage())
                .isEqualTo(Map.of("de", new TextScore(2, 30, 12), "und", new TextScore(1, 15, 2)));
    }

    @Test
    void goingOnFromSumsIsAsIfThereHadBeenNoBreak() {
        PieceLoss loss = new PieceLoss(new Piece(ListFeed.document("web", "de"), 0, 5), 0.1);
        ScoreTally unbroken = new ScoreTally(TextScores.NONE);
        ScoreTally broken = new ScoreTally(TextScores.NONE);
        for (int i = 0; i < 10; i++) {
            unbroken.add(loss);
            broken.add(loss);
            broken = new ScoreTally(broken.scores());
        }

        assertThat(broken.scores()).isEqualTo(unbroken.scores());
    }

    @Test
    void bitsPerByteAreNatsOverBytesInBits() {
        assertThat(new TextScore(1, 4, 8 * Math.log(2)).bitsPerByte()).isEqualTo(2);
        assertThat(TextScore.NONE.bitsPerByte()).isNaN();
    }
}
