package org.alluvium.bench.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.Transformer;
import org.junit.jupiter.api.Test;

class CostsTest {

    private static final LinearShape LAYER = new LinearShape(10, 3, 5);

    @Test
    void aLinearLayerReadsItsInputAndItsWeightAndWritesItsOutput() {
        Cost cost = Costs.linear(LAYER, ElementType.BF16, ElementType.F32, false);
        assertThat(cost).isEqualTo(new Cost(2 * 10 * 3 * 5, 2 * (10 * 3 + 3 * 5) + 4 * 10 * 5));
    }

    @Test
    void whatIsAddedToIsReadAsWell() {
        double once =
                Costs.linear(LAYER, ElementType.F32, ElementType.F32, false).bytes();
        double added =
                Costs.linear(LAYER, ElementType.F32, ElementType.F32, true).bytes();
        assertThat(added - once).isEqualTo(4 * 10 * 5);
        assertThat(Costs.linearBackwardWeight(LAYER, ElementType.BF16, true).bytes())
                .isEqualTo(2 * (10 * 5 + 10 * 3) + 8 * 3 * 5);
    }

    @Test
    void causalAttentionMultipliesEveryQueryWithTheKeysUpToItsOwn() {
        AttentionShape one = new AttentionShape(1, 3, 1, 1, 2);
        assertThat(Costs.attention(one, ElementType.F32).productFlops()).isEqualTo(2 * 2 * 2 * (1 + 2 + 3));
        assertThat(Costs.attentionBackward(one, ElementType.F32).productFlops()).isEqualTo(5 * 2 * 2 * (1 + 2 + 3));
    }

    @Test
    void muonCostsTheSameForAMatrixAndItsTranspose() {
        assertThat(Costs.muon(4, 6, 5)).isEqualTo(Costs.muon(6, 4, 5));
        assertThat(Costs.muon(4, 6, 5).productFlops()).isEqualTo(5 * (2 * 4 * 4 * 6 + 2 * 4 * 4 * 4 + 2 * 4 * 4 * 6));
    }

    /** What MFU counts is half a token's context too little, and leaves out that scores are computed twice. */
    @Test
    void theProductsOfAStepAreThoseThatMfuCountsAndTheScoresOnceMore() {
        ModelShape shape = new ModelShape(30, 8, 2, 12, 3, 1, 20, 10_000, 1e-5, true);
        OperationClock clock = new OperationClock();
        try (Transformer model =
                new Transformer(shape, 1, new MeasuredBackend(new ReferenceBackend(Precision.SINGLE), clock))) {
            model.initialize(1);
            clock.reset();
            model.accumulateGradients(new Batch(1, 8, new int[8], new int[8], new int[8]), 1, new float[8]);
        }
        double perPair = 2.0 * 2 * shape.attentionWidth(); // of one product in both layers
        double matrices = 8 * (shape.flopsPerToken() - 6.0 * 2 * 8 * shape.attentionWidth());
        double attention = 7 * perPair * (8 * 9 / 2);
        assertThat(clock.productFlops()).isEqualTo(matrices + attention);
    }

    @Test
    void theTableNamesOperationsAndSaysHowFarFromThePeakTheyAre() {
        OperationClock clock = new OperationClock();
        clock.add("linear", LAYER, new Cost(3e9, 2e8), new Spent(100_000_000, 100_000_000, 2_500));
        clock.add("clear", Cost.ofBytes(1e9), new Spent(300_000_000, 300_000_000, 0));
        StringWriter table = new StringWriter();
        clock.print(new PrintWriter(table), 1, 60e9);
        assertThat(table.toString().lines().toList().get(1)).startsWith("clear").contains("75.0%", "3.3");
        assertThat(table.toString().lines().toList().get(2))
                .startsWith("linear 5x3")
                .contains("25.0%", "100.0", "50 %", "2.5");
        assertThat(table).asString().contains("12.5 %");
    }

    @Test
    void anOperationTakesAtLeastAsLongAsItsProductsOrItsBytesWhicheverIsLonger() {
        OperationClock clock = new OperationClock();
        clock.add("linear", LAYER, new Cost(4e9, 1e6), new Spent(1, 1, 0));
        clock.add("clear", Cost.ofBytes(6e9), new Spent(1, 1, 0));
        assertThat(clock.secondsAtLeast(2e9, 3e9)).isEqualTo(2.0 + 2.0);
        assertThat(clock.calls()).isEqualTo(2);
    }
}
