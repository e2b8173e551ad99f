package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.device.Step;
import org.alluvium.trainer.tornado.kernel.Kernel;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static Step step(int number) {
        return new Step(Kernel.FILL, Extent.of(number), 1, 1);
    }

    private static List<Step> steps(int from, int to) {
        return IntStream.range(from, to).mapToObj(LoopTest::step).toList();
    }

    @SafeVarargs
    private static List<Step> joined(List<Step>... parts) {
        List<Step> all = new ArrayList<>();
        for (List<Step> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @Test
    void layersAreOneProgramBetweenWhatComesBeforeAndAfter() {
        List<Step> before = steps(0, 3);
        List<Step> layer = steps(10, 21);
        List<Step> after = steps(30, 34);
        assertThat(Loop.cut(joined(before, layer, layer, layer, after)))
                .containsExactly(new Loop(before, 1), new Loop(layer, 3), new Loop(after, 1));
    }

    @Test
    void aStepThatOccursTwiceInALayerDoesNotCutIt() {
        List<Step> layer = joined(steps(1, 6), steps(5, 6), steps(6, 12));
        assertThat(Loop.cut(joined(layer, layer))).containsExactly(new Loop(layer, 2));
    }

    @Test
    void fewRepeatedStepsAreNotWorthALoop() {
        List<Step> few = Collections.nCopies(3, step(1));
        assertThat(Loop.cut(few)).containsExactly(new Loop(few, 1));
    }

    @Test
    void manyEqualStepsAreOneStep() {
        assertThat(Loop.cut(Collections.nCopies(300, step(1)))).containsExactly(new Loop(steps(1, 2), 300));
    }

    @Test
    void whatRepeatsNothingIsCutWhereAGraphWouldBeTooLong() {
        assertThat(Loop.cut(steps(0, 450)))
                .extracting(loop -> loop.program().size())
                .containsExactly(128, 128, 128, 66);
    }

    @Test
    void aStepOfSeveralTasksTakesTheRoomOfSeveral() {
        List<Step> products = IntStream.range(0, 100)
                .mapToObj(i -> new Step(Kernel.PRODUCT_BY_LIBRARY, Extent.of(i), 1, 1))
                .toList();
        assertThat(Loop.cut(products)).extracting(loop -> loop.program().size()).containsExactly(32, 32, 32, 4);
    }

    @Test
    void nothingIsNoProgram() {
        assertThat(Loop.cut(List.of())).isEmpty();
    }

    @Property
    void loopsPlayedInOrderAreTheSteps(@ForAll @Size(max = 120) List<@IntRange(max = 3) Integer> numbers) {
        List<Step> steps = numbers.stream().map(LoopTest::step).toList();
        List<Step> played = new ArrayList<>();
        for (Loop loop : Loop.cut(steps)) {
            for (int i = 0; i < loop.times(); i++) {
                played.addAll(loop.program());
            }
        }
        assertThat(played).isEqualTo(steps);
    }
}
