package org.alluvium.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.trainer.fixture.ListFeed;
import org.junit.jupiter.api.Test;

class PieceLossTest {

    @Test
    void everyPositionCountsForTheDocumentThatLiesThere() {
        Packer packer = new Packer(new BatchPlan(1, 1, 0, 2, 4, 1));
        packer.add(document("a", 3), 0);
        packer.add(document("b", 4), 0);
        assertThat(packer.add(document("c", 2), 0)).isEqualTo(1);
        float[] tokenLosses = {1, 2, 0, 4, 5, 6, 0, 8};

        List<PieceLoss> losses = PieceLoss.of(packer.pieces(), tokenLosses);

        assertThat(losses).extracting(loss -> loss.piece().document().id()).containsExactly("a", "b", "c");
        assertThat(losses).extracting(PieceLoss::lossSum).containsExactly(3.0, 15.0, 8.0);
    }

    private static TrainingDocument document(String id, int tokens) {
        return ListFeed.document(id, IntStream.range(0, tokens).toArray(), 1);
    }
}
