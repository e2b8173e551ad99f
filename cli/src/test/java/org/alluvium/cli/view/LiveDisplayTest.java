package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the display writes is played to a screen that understands the few sequences it uses. */
class LiveDisplayTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Terminal.Size size = new Terminal.Size(100, 40);
    private final LiveDisplay display =
            new LiveDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> Optional.of(size), false);

    private List<String> screen(int columns) {
        Screen screen = new Screen(columns);
        screen.write(bytes.toString(StandardCharsets.UTF_8));
        return screen.lines();
    }

    private static List<String> block(DashboardSnapshot snapshot, int columns, int rows) {
        return DashboardView.block(snapshot, columns - 1, rows, false);
    }

    @Test
    void aSnapshotReplacesTheOneBefore() {
        display.show(DashboardViewTest.RUNNING);
        display.show(DashboardViewTest.BEFORE_THE_FIRST_STEP);
        assertThat(screen(100)).isEqualTo(block(DashboardViewTest.BEFORE_THE_FIRST_STEP, 100, 40));
    }

    @Test
    void aNoteStaysAboveTheBlock() {
        display.show(DashboardViewTest.BEFORE_THE_FIRST_STEP);
        display.note("train: killed (signal 9), starting it again");
        display.show(DashboardViewTest.BEFORE_THE_FIRST_STEP);
        assertThat(screen(100)).startsWith("train: killed (signal 9), starting it again");
        assertThat(screen(100).subList(1, screen(100).size()))
                .isEqualTo(block(DashboardViewTest.BEFORE_THE_FIRST_STEP, 100, 40));
    }

    @Test
    void aNarrowTerminalIsRespected() {
        size = new Terminal.Size(24, 10);
        display.show(DashboardViewTest.RUNNING);
        display.show(DashboardViewTest.RUNNING);
        assertThat(screen(24)).isEqualTo(block(DashboardViewTest.RUNNING, 24, 10));
    }

    @Test
    void linesThatANarrowedTerminalHasWrappedAreCleared() {
        size = new Terminal.Size(40, 40);
        display.show(DashboardViewTest.RUNNING);
        size = new Terminal.Size(20, 40);
        display.show(DashboardViewTest.RUNNING);
        // The terminal of 20 columns has wrapped what was written for 40, as this screen does.
        assertThat(screen(20)).isEqualTo(block(DashboardViewTest.RUNNING, 20, 40));
    }

    @Test
    void afterCloseTheLastSnapshotStays() {
        display.show(DashboardViewTest.RUNNING);
        display.close();
        display.note("done");
        assertThat(screen(100))
                .hasSize(block(DashboardViewTest.RUNNING, 100, 40).size() + 1)
                .endsWith("done");
    }
}
