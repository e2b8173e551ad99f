package org.alluvium.ingest.boilerplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.alluvium.ingest.boilerplate.LineSketch.Rule;
import org.alluvium.ingest.boilerplate.TextLines.Line;
import org.junit.jupiter.api.Test;

class LineSketchTest {

    private static final Rule AFTER_THREE = new Rule(3, 0.1);
    private static final Line HEADER = TextLines.of("Home | About").get(0);

    private final Random random = new Random(5);
    private final LineSketch sketch = new LineSketch();

    @Test
    void aLineIsBoilerplateOnceEnoughDocumentsHaveHadIt() {
        for (int i = 0; i < 3; i++) {
            assertThat(sketch.see(List.of(HEADER, content()), AFTER_THREE)).isEmpty();
        }

        assertThat(sketch.see(List.of(content(), HEADER), AFTER_THREE)).containsExactly(1);
    }

    @Test
    void aLineThatADocumentRepeatsCountsOnce() {
        sketch.see(List.of(HEADER, HEADER, HEADER, HEADER, content()), AFTER_THREE);

        assertThat(sketch.see(List.of(HEADER, content()), AFTER_THREE)).isEmpty();
    }

    @Test
    void whatIsCopiedOftenIsNoBoilerplate() {
        List<Line> article = List.of(HEADER, content(), content());
        sketch.see(article, AFTER_THREE);

        for (int i = 0; i < 10; i++) {
            assertThat(sketch.see(article, AFTER_THREE)).isEmpty();
        }
    }

    @Test
    void linesWithoutALetterAreNeverBoilerplate() {
        for (int i = 0; i < 10; i++) {
            assertThat(sketch.see(TextLines.of("}\n\n2024\nA line of its own: " + "abcdefghij".charAt(i)), AFTER_THREE))
                    .isEmpty();
        }
    }

    @Test
    void ofAHostOfManyPagesALineMustBeInAShareOfThem() {
        for (int i = 0; i < 150; i++) {
            sketch.see(i % 25 == 0 ? List.of(HEADER, content()) : List.of(content()), AFTER_THREE);
        }

        assertThat(sketch.see(List.of(HEADER, content()), AFTER_THREE)).isEmpty();
        assertThat(sketch.see(List.of(HEADER, content()), new Rule(3, 0.01))).containsExactly(0);
    }

    @Test
    void whatAHostNoLongerHasIsForgotten() {
        IntStream.range(0, 60).forEach(i -> sketch.see(List.of(HEADER, content()), AFTER_THREE));
        IntStream.range(0, 2_000).forEach(i -> sketch.see(List.of(content()), AFTER_THREE));

        assertThat(sketch.see(List.of(HEADER, content()), AFTER_THREE)).isEmpty();
    }

    @Test
    void linesOfAHugeHostAreNotTakenForBoilerplateBecauseTheSketchIsFull() {
        int falselyCut = 0;
        for (int i = 0; i < 3_000; i++) {
            List<Line> lines = IntStream.range(0, 41)
                    .mapToObj(n -> n == 0 ? HEADER : content())
                    .toList();
            Set<Integer> cut = sketch.see(lines, AFTER_THREE);
            falselyCut += cut.size() - (cut.contains(0) ? 1 : 0);
        }

        assertThat(sketch.see(List.of(HEADER, content()), AFTER_THREE)).containsExactly(0);
        assertThat(falselyCut).isLessThan(12); // of 120,000 lines
        assertThat(sketch.toBytes()).hasSizeLessThanOrEqualTo(6 + 4 * 4096);
    }

    @Test
    void aCountIsNeverTooSmall() {
        List<Line> lines = IntStream.range(0, 100).mapToObj(n -> content()).toList();
        for (int i = 0; i < 50; i++) {
            sketch.see(List.of(lines.get(i), lines.get(99 - i), content(), content()), AFTER_THREE);
        }

        assertThat(lines)
                .allSatisfy(line -> assertThat(sketch.count(line.hash())).isPositive());
    }

    @Test
    void aSketchIsReadAsItWasWritten() {
        IntStream.range(0, 100).forEach(i -> sketch.see(List.of(HEADER, content(), content()), AFTER_THREE));

        LineSketch read = LineSketch.of(sketch.toBytes());

        assertThat(read.toBytes()).isEqualTo(sketch.toBytes());
        assertThat(read.see(List.of(HEADER), AFTER_THREE)).containsExactly(0);
        assertThatThrownBy(() -> LineSketch.of(new byte[] {2, 0})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTextWithoutSomeLinesIsInItsNormalForm() {
        String text = "Home | About\n\nFirst.\n\nShare this\n\nSecond.";

        assertThat(TextLines.of(text)).hasSize(7);
        assertThat(TextLines.without(text, Set.of(0, 4))).isEqualTo("First.\n\nSecond.");
        assertThat(TextLines.without("Home", Set.of(0))).isEqualTo("Home");
    }

    /** A line that no document has had. */
    private Line content() {
        return new Line(random.nextLong(), 40);
    }
}
