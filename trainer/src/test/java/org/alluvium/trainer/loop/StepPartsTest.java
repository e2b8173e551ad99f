package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.event.Event;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepPartsTest {

    private static final List<String> PARTS =
            List.of("forwardMillis", "outputMillis", "backwardMillis", "updateMillis");

    @TempDir
    private Path folder;

    @Test
    void aStepSaysWhereItsTimeWent() {
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 20, 30, TestRun.VOCABULARY), 7);
        TestRun run = new TestRun(folder, "run", "train.steps=2");
        run.trainTransformer();
        Event step = run.event("step");

        assertThat(step.fields()).containsKeys(PARTS.toArray(String[]::new)).containsKey("asideMillis");
        double parts = PARTS.stream().mapToDouble(part -> step.number(part, -1)).sum();
        assertThat(parts).isPositive().isLessThanOrEqualTo(step.number("stepMillis", 0) + 0.01);
    }

    @Test
    void aModelInOnePieceSaysNothingOfParts() {
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 20, 30, TestRun.VOCABULARY), 7);
        TestRun run = new TestRun(folder, "run", "train.steps=2");
        run.train();

        assertThat(run.event("step").fields())
                .containsKey("stepMillis")
                .doesNotContainKeys(PARTS.toArray(String[]::new));
    }
}
