package org.alluvium.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {

    @Test
    void aLineIsPrintedNowAndThen() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PlainDisplay display =
                new PlainDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), Duration.ofSeconds(5))) {
            for (int second = 0; second < 12; second++) {
                display.show(at(second));
            }
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).extracting(line -> line.substring(0, 8)).containsExactly("00:00:00", "00:00:05", "00:00:10");
    }

    private static DashboardSnapshot at(int second) {
        DashboardSnapshot snapshot = DashboardViewTest.BEFORE_THE_FIRST_STEP;
        return new DashboardSnapshot(
                snapshot.title(), Duration.ofSeconds(second), snapshot.ingest(), snapshot.trainer(), List.of());
    }
}
