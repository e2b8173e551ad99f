package org.alluvium.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.layout.RunLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aReportIsReadAsItWasWritten() throws IOException {
        ProbeReport report = report(1200);
        probes().write(report);

        assertThat(probes().read(1200)).contains(report);
        assertThat(folder.resolve("probes/step-000000001200.json.gz"))
                .hasBinaryContent(ProbeFolder.bytes(report(1200)));
        assertThat(probes().read(1199)).isEmpty();
    }

    @Test
    void aReportOfVersionOneIsRead() throws IOException {
        Files.createDirectories(folder.resolve("probes"));
        try (InputStream golden = ProbeFolderTest.class.getResourceAsStream("golden-1.json.gz")) {
            Files.copy(golden, folder.resolve("probes/step-000000000005.json.gz"));
        }
        assertThat(probes().read(5)).contains(report(5));
    }

    @Test
    void aReportOfStepsThatDidNotHappenGoes() throws IOException {
        LongStream.of(5, 10, 15).mapToObj(ProbeFolderTest::report).forEach(probes()::write);
        Files.writeString(folder.resolve("probes/step-000000000005.json.gz.part"), "half");
        probes().undoAfter(10);

        assertThat(probes().steps()).containsExactly(5L, 10L);
        assertThat(folder.resolve("probes")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatAKilledTrainerLeftIsWrittenAnew() throws IOException {
        Files.createDirectories(folder.resolve("probes"));
        Files.writeString(folder.resolve("probes/step-000000000005.json.gz.part"), "half");
        assertThat(probes().steps()).isEmpty();
        probes().write(report(5));

        assertThat(probes().read(5)).contains(report(5));
        assertThat(folder.resolve("probes")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void reportsWithoutCheckpointsAreSpreadOverTheRunAndOthersStay() throws IOException {
        int written = 3 * ProbeFolder.MOST_ALONE;
        Files.createDirectories(run().checkpoint(50));
        for (int step = 1; step <= written; step++) {
            probes().write(report(step));
        }

        List<Long> kept = probes().steps();
        assertThat(kept)
                .hasSize(ProbeFolder.MOST_ALONE + 1)
                .startsWith(1L)
                .contains(50L)
                .endsWith((long) written);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i) - kept.get(i - 1)).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void aDamagedReportSaysWhereItIs() throws IOException {
        probes().write(report(5));
        Path file = folder.resolve("probes/step-000000000005.json.gz");
        Files.write(file, ProbeFolder.bytes(new ProbeReport(2, 5, List.of(), new WeightSizes(0, Map.of()))));

        assertThatThrownBy(() -> probes().read(5))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining(file.toString());
        Files.writeString(file, "no gzip");
        assertThatThrownBy(() -> probes().read(5)).isInstanceOf(DataException.class);
    }

    private RunLayout run() {
        return new RunLayout(folder);
    }

    private ProbeFolder probes() {
        return new ProbeFolder(run());
    }

    private static ProbeReport report(long step) {
        Reading.Token first = new Reading.Token(1, "<s>", null, 0, List.of());
        Reading reading = new Reading(List.of(first), 1.5, List.of(new Candidate(7, " it", 0.25)), 0);
        AttentionView.Head head = new AttentionView.Head(0, 0, "/w==", 0, 0, 0, 0, false);
        AttentionView attention = new AttentionView(List.of("<s>"), 1, List.of(head));
        return new ProbeReport(
                ProbeReport.VERSION,
                step,
                List.of(new ProbeReport.Probed("it", reading, attention)),
                new WeightSizes(step, Map.of("norms", 1.0)));
    }
}
