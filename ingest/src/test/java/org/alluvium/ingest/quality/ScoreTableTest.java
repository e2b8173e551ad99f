package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.quality.ScoreTable.Summary;
import org.junit.jupiter.api.Test;

class ScoreTableTest {

    private static ScoreTable table(double[] reference, double[] raw) {
        ScoreTable table = new ScoreTable(new KeepRule.Threshold(0.7));
        for (double score : reference) {
            table.add(new ContentHash(0, 0), score, true);
        }
        for (double score : raw) {
            table.add(new ContentHash(0, 0), score, false);
        }
        return table;
    }

    @Test
    void theAreaIsTheShareOfPairsInWhichTheReferenceIsAbove() {
        assertThat(table(new double[] {0.9, 0.8}, new double[] {0.1, 0.2, 0.3}).areaUnderCurve())
                .isEqualTo(1);
        assertThat(table(new double[] {0.5, 0.9}, new double[] {0.5, 0.1}).areaUnderCurve())
                .isEqualTo(3.5 / 4);
        assertThat(table(new double[] {0.1}, new double[] {0.2}).areaUnderCurve())
                .isZero();
        assertThat(table(new double[] {0.1}, new double[0]).areaUnderCurve()).isNaN();
    }

    @Test
    void aCorpusIsSummedUp() {
        Summary summary =
                table(new double[] {0, 0.5, 0.7, 1}, new double[] {0.3}).summary(true);

        assertThat(summary.texts()).isEqualTo(4);
        assertThat(summary.meanScore()).isEqualTo(0.55, within(1e-12));
        assertThat(summary.likelyShare()).isEqualTo(0.75);
        assertThat(summary.keptShare()).isEqualTo(0.5);
        assertThat(summary.tenths()).isEqualTo(List.of(1L, 0L, 0L, 0L, 0L, 1L, 0L, 1L, 0L, 1L));
    }
}
