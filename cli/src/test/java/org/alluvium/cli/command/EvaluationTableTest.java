package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.alluvium.cli.status.TrainerProgress;
import org.alluvium.contracts.event.Event;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {

    private final TrainerProgress progress = new TrainerProgress();

    @Test
    void heldOutAndPrequentialFiguresStandBesideEachOther() {
        add(
                "eval",
                Map.of("step", 300, "heldOutBitsPerByte", 2.5, "bySource", Map.of("web", Map.of("bitsPerByte", 3))));
        add(
                "prequential",
                Map.of(
                        "step",
                        400,
                        "bitsPerByte",
                        4.0,
                        "recentBitsPerByte",
                        2.25,
                        "byLanguage",
                        Map.of("de", Map.of("bitsPerByte", 4, "recentBitsPerByte", 2.125))));

        assertThat(printed().lines())
                .containsExactly(
                        "",
                        "bits per byte  held-out, step 300  before learning, step 400",
                        "all                         2.500                      2.250",
                        "source web                  3.000",
                        "language de                                            2.125");
    }

    @Test
    void theNewestFiguresOfEverySuiteAreShown() {
        add("suite", Map.of("step", 100, "suite", "blimp", "questions", 1000, "figures", Map.of("accuracy", 0.5)));
        add("suite", Map.of("step", 200, "suite", "blimp", "questions", 1000, "figures", Map.of("accuracy", 0.625)));

        assertThat(printed().lines())
                .containsExactly(
                        "", "suite  step  questions  figure     value", "blimp   200      1,000  accuracy  0.6250");
        assertThat(new EvaluationTable(progress.evaluations()).fields()).containsKey("suites");
    }

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertThat(printed()).isEmpty();
    }

    private void add(String type, Map<String, Object> fields) {
        progress.add(new Event(Instant.EPOCH, type, fields));
    }

    private String printed() {
        StringWriter out = new StringWriter();
        new EvaluationTable(progress.evaluations()).print(new PrintWriter(out, true));
        return out.toString();
    }
}
