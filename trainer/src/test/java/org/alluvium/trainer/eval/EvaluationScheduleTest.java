package org.alluvium.trainer.eval;

import static org.alluvium.trainer.eval.EvaluationKind.HELD_OUT;
import static org.alluvium.trainer.eval.EvaluationKind.SAMPLES;
import static org.alluvium.trainer.eval.EvaluationKind.SUITES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.EvalConfig;
import org.junit.jupiter.api.Test;

class EvaluationScheduleTest {

    private static final String SUITE = "train: { eval: { suites: [{ name: a, format: blimp, path: a.jsonl }] } }";

    @Test
    void eachKindHasItsSteps() {
        EvaluationSchedule schedule =
                new EvaluationSchedule(config(SUITE, "everySteps=2", "suiteEverySteps=6", "sampleEverySteps=3"));

        assertThat(schedule.atStart()).containsExactly(SAMPLES);
        assertThat(schedule.after(1)).isEmpty();
        assertThat(schedule.after(2)).containsExactly(HELD_OUT);
        assertThat(schedule.after(3)).containsExactly(SAMPLES);
        assertThat(schedule.after(6)).containsExactly(HELD_OUT, SUITES, SAMPLES);
        assertThat(schedule.atEnd()).containsExactly(HELD_OUT, SUITES, SAMPLES);
    }

    @Test
    void whatIsNeverDueIsNotAskedAtTheEndEither() {
        EvaluationSchedule schedule =
                new EvaluationSchedule(config("{}", "everySteps=0", "suiteEverySteps=6", "sampleEverySteps=0"));

        assertThat(schedule.atStart()).isEmpty();
        assertThat(schedule.after(6)).isEmpty();
        assertThat(schedule.atEnd()).isEmpty();
    }

    private static EvalConfig config(String yaml, String... overrides) {
        List<String> all = Arrays.stream(overrides)
                .map(override -> "train.eval." + override)
                .toList();
        return ConfigLoader.parse(yaml, "test", Path.of("").toAbsolutePath(), all)
                .train()
                .eval();
    }
}
