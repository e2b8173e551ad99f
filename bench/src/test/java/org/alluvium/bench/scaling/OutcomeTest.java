package org.alluvium.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final String EVENTS = """
            {"type":"start","parameters":7000000,"memoryBytes":1048576000}
            {"type":"step","tokensPerSecond":10.0,"mfu":0.1}
            {"type":"step","tokensPerSecond":5000.5,"mfu":0.5}
            {"type":"step","tokensPerSecond":6000.4,"mfu":0.6}
            {"type":"step","tokensPerSecond":20.0,"mfu":0.2}
            """;

    private static final String STATUS = "Name:\tjava\nVmHWM:\t 1075200 kB\nVmRSS:\t 1 kB\n";

    @Test
    void theSpeedIsTheMedianOfTheLaterHalfAndThePeakIsLinuxs() {
        assertThat(Outcome.read(EVENTS, STATUS))
                .isEqualTo(new Outcome(7_000_000, 6000.4, 0.6, 1_048_576_000, 1_101_004_800));
    }

    @Test
    void anOutcomeSurvivesTheLineBetweenProcesses() {
        Outcome outcome = Outcome.read(EVENTS, STATUS);
        assertThat(Outcome.parse(outcome.line())).isEqualTo(outcome);
    }

    @Test
    void aRowSaysHowFarThePeakLiesAboveThePlan() {
        assertThat(Outcome.read(EVENTS, STATUS).row("7m"))
                .isEqualToIgnoringNewLines("| 7m | 7,000,000 | 6,000 | 60 % | 1,000 | 1,050 | +5.0 % |");
    }

    @Test
    void everyTrialTakesStepsOfAsManyTokens() {
        assertThat(Trial.all())
                .allSatisfy(trial -> assertThat(trial.settings())
                        .contains("train.batch=" + Trial.TOKENS / trial.context())
                        .contains("model.context=" + trial.context()));
        assertThat(Trial.all()).extracting(Trial::name).doesNotHaveDuplicates().contains("7m-t512-bf16-muon");
    }
}
