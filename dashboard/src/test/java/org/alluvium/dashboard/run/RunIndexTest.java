package org.alluvium.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.series.Axis;
import org.alluvium.dashboard.series.Track;
import org.alluvium.dashboard.series.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIndexTest {

    private static final Window ALL = new Window(Axis.STEP, 0, 1e12, 1000, false, 0);

    @TempDir
    private Path folder;

    private RunLayout run;
    private RunIndex index;

    @BeforeEach
    void open() {
        run = new RunLayout(folder).create();
        index = new RunIndex(run);
    }

    @Test
    void aRunWithoutEventsIsEmpty() {
        assertThat(index.readOn()).isFalse();
        assertThat(index.series()).isEmpty();
        assertThat(new RunOverview(index, List.of()).fields()).containsEntry("state", RunOverview.State.EMPTY);
    }

    @Test
    void everyFigureBecomesASeries() throws IOException {
        write("step", "\"step\":1,\"tokens\":512,\"loss\":9.25,\"mfu\":\"NaN\"");
        write("eval", "\"step\":1,\"heldOutBitsPerByte\":3.5,\"bySource\":{\"web\":{\"bitsPerByte\":3.25}}");
        write("suite", "\"step\":1,\"suite\":\"piqa\",\"questions\":8,\"figures\":{\"accuracy\":0.5}");
        index.readOn();
        assertThat(index.series())
                .contains("step/loss", "step/mfu", "eval/bySource/web/bitsPerByte", "suite/piqa/figures/accuracy");
        assertThat(values("eval/bySource/web/bitsPerByte")).containsExactly(3.25);
        assertThat(values("step/mfu")).containsExactly((Double) null);
        assertThat(index.points("step/nothing", ALL)).isEmpty();
    }

    @Test
    void aTornLastLineWaitsForItsEnd() throws IOException {
        write("step", "\"step\":1,\"loss\":9");
        Files.writeString(run.events(), "{\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"st", StandardOpenOption.APPEND);
        assertThat(index.readOn()).isTrue();
        assertThat(index.readOn()).isFalse();
        Files.writeString(run.events(), "ep\",\"step\":2,\"loss\":8}\n", StandardOpenOption.APPEND);
        assertThat(index.readOn()).isTrue();
        assertThat(values("step/loss")).containsExactly(9.0, 8.0);
    }

    @Test
    void aResumedRunDrawsNoDoubleLine() throws IOException {
        write("step", "\"step\":1,\"tokens\":10,\"loss\":9");
        write("step", "\"step\":2,\"tokens\":20,\"loss\":8");
        write("eval", "\"step\":2,\"heldOutBitsPerByte\":4");
        write("start", "\"parameters\":1");
        write("resume", "\"step\":1,\"path\":\"step-1\"");
        index.readOn();
        assertThat(values("step/loss")).containsExactly(9.0);
        assertThat(values("eval/heldOutBitsPerByte")).isEmpty();
        write("step", "\"step\":2,\"tokens\":20,\"loss\":7");
        index.readOn();
        assertThat(values("step/loss")).containsExactly(9.0, 7.0);
    }

    @Test
    void aRewindUndoesWhatItGoesBackOver() throws IOException {
        for (int step = 1; step <= 5; step++) {
            write("step", "\"step\":" + step + ",\"tokens\":" + 10 * step + ",\"loss\":" + step);
        }
        write("spike", "\"step\":5,\"reason\":\"loss\",\"action\":\"rewound\",\"toStep\":3");
        index.readOn();
        assertThat(values("step/loss")).containsExactly(1.0, 2.0, 3.0);
        assertThat(index.markers("spike")).singleElement().satisfies(spike -> {
            assertThat(spike.step()).isEqualTo(5);
            assertThat(spike.tokens()).isEqualTo(30);
        });
    }

    @Test
    void aFigureIsFirstReachedByAStepThatHasNotBeenUndone() throws IOException {
        write("step", "\"step\":1,\"logEntry\":2");
        write("step", "\"step\":2,\"logEntry\":5");
        write("step", "\"step\":3,\"logEntry\":4");
        index.readOn();
        assertThat(index.firstStep("logEntry", 3)).map(Track.Place::step).contains(2L);
        assertThat(index.firstStep("logEntry", 6)).isEmpty();
        assertThat(index.firstStep("nothing", 0)).isEmpty();

        write("resume", "\"step\":1,\"path\":\"step-1\"");
        write("step", "\"step\":2,\"logEntry\":2");
        index.readOn();
        assertThat(index.firstStep("logEntry", 3)).isEmpty();
    }

    @Test
    void aFileThatWasBegunAnewIsReadAnew() throws IOException {
        write("step", "\"step\":1,\"loss\":9");
        write("step", "\"step\":2,\"loss\":8");
        index.readOn();
        Files.delete(run.events());
        write("step", "\"step\":1,\"loss\":5");
        index.readOn();
        assertThat(values("step/loss")).containsExactly(5.0);
    }

    @Test
    void linesLongerThanABlockAreRead() throws IOException {
        write("sample", "\"step\":1,\"prompt\":\"a\",\"text\":\"" + "x".repeat(3 << 20) + "\"");
        write("step", "\"step\":2,\"loss\":8");
        index.readOn();
        assertThat(index.markers("sample")).hasSize(1);
        assertThat(values("step/loss")).containsExactly(8.0);
    }

    @Test
    void linesThatAreNoEventsArePassedOverAndNamedWithTheirPlaces() throws IOException {
        write("step", "\"step\":1,\"loss\":9");
        long first = Files.size(run.events());
        Files.writeString(run.events(), "not json\n{\"time\":\"now\"}\n\u0000\u0000\n", StandardOpenOption.APPEND);
        write("step", "\"step\":2,\"loss\":8");
        index.readOn();
        assertThat(values("step/loss")).containsExactly(9.0, 8.0);
        assertThat(index.markers("alert"))
                .hasSize(3)
                .first()
                .satisfies(alert -> assertThat(alert.fields().get("message").toString())
                        .startsWith(run.events() + ", at byte " + first + ": "));
    }

    @Test
    void whatHappensAgainAndAgainIsOneAlert() throws IOException {
        write("spike", "\"step\":1,\"reason\":\"loss\"");
        for (int i = 0; i < 30; i++) {
            write("alert", "\"what\":\"checkpoint\",\"message\":\"no space\"");
        }
        index.readOn();
        assertThat((List<?>) new RunOverview(index, List.of()).fields().get("alerts"))
                .extracting(alert -> ((Map<?, ?>) alert).get("type"), alert -> ((Map<?, ?>) alert).get("times"))
                .containsExactlyInAnyOrder(tuple("alert", 30), tuple("spike", 1));
    }

    private List<Double> values(String series) {
        return index.points(series, ALL).orElseThrow().value();
    }

    private void write(String type, String fields) throws IOException {
        Files.writeString(
                run.events(),
                "{\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"" + type + "\"," + fields + "}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
