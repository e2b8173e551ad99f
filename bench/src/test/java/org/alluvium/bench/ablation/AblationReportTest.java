package org.alluvium.bench.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AblationReportTest {

    private static final Variant BASELINE = Variant.parse("adamw 1.0 train.optimizer.schedule=cosine");
    private static final Variant FAST = Variant.parse("muon 0.5 train.optimizer.method=muon decayShare=0.4");

    @Test
    void theDecayIsAShareOfTheSteps() {
        assertThat(FAST.overrides(50)).containsExactly("train.optimizer.method=muon", "train.optimizer.decaySteps=20");
        assertThat(FAST.keysWithoutDecay()).containsExactly("train.optimizer.method=muon");
    }

    @Test
    void aVariantWithoutAShareIsRefused() {
        assertThatThrownBy(() -> Variant.parse("adamw")).hasMessageContaining("adamw");
    }

    @Test
    void theCurveIsReadOnStraightLines() {
        assertThat(curve(4, 3, 2).tokensTo(2.5)).hasValue(25);
        assertThat(curve(4, 3, 2).tokensTo(3)).hasValue(20);
        assertThat(curve(4, 3, 2).tokensTo(5)).hasValue(10);
        assertThat(curve(4, 3, 2).tokensTo(1)).isEmpty();
    }

    @Test
    void aVariantIsComparedWithTheBaselinesMean() {
        Map<Variant, List<Curve>> curves = new LinkedHashMap<>();
        curves.put(BASELINE, List.of(curve(4, 3, 2.5, 2.25), curve(4, 3, 2, 1.75)));
        curves.put(FAST, List.of(curve(3, 2), curve(3, 1)));
        AblationReport report = new AblationReport(curves);
        assertThat(report.line(FAST, curves.get(FAST))).isEqualTo("muon,0.50,1.5000,0.7071,0.438,2.0000 1.0000");
    }

    @Test
    void whatNeverGetsThereHasNoFigure() {
        Map<Variant, List<Curve>> curves = new LinkedHashMap<>();
        curves.put(BASELINE, List.of(curve(4, 2)));
        curves.put(FAST, List.of(curve(4, 3)));
        assertThat(new AblationReport(curves).line(FAST, curves.get(FAST)))
                .isEqualTo("muon,0.50,3.0000,0.0000,,3.0000");
    }

    /** A point every ten tokens. */
    private static Curve curve(double... bitsPerByte) {
        return new Curve(IntStream.range(0, bitsPerByte.length)
                .mapToObj(i -> new Curve.Point(10 * (i + 1), bitsPerByte[i]))
                .toList());
    }
}
