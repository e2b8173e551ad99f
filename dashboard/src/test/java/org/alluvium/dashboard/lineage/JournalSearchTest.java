package org.alluvium.dashboard.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSearchTest {

    @TempDir
    private Path folder;

    private Path journal;

    @BeforeEach
    void write() throws IOException {
        journal = folder.resolve("journal.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= 6; step++) {
            lines.append(line(step, "doc-" + step, step == 5 ? "spike" : ""));
        }
        lines.append("{\"rewind\": {\"decidedAt\": 6, \"afterStep\": 4, \"reason\": \"loss\", \"documents\": []}}\n");
        lines.append(line(5, "doc-7", ""));
        lines.append("{\"step\": 6, \"window\": 0, \"documents\": [{\"id\": \"doc-8\", \"from\": 0, \"tokens\": 3}");
        Files.writeString(journal, lines);
    }

    private static String line(int step, String id, String skipped) {
        return "{\"step\":" + step + ",\"window\":0,\"documents\":[{\"id\":\"" + id
                + "\",\"from\":0,\"tokens\":7},{\"id\":\"shared\",\"from\":3,\"tokens\":1}],\"tokens\":8,\"loss\":2.5"
                + (skipped.isEmpty() ? "" : ",\"skipped\":\"" + skipped + "\"") + ",\"gradNormBits\":\"3f\"}\n";
    }

    @Test
    void stepsAreFoundByTheirNumbers() {
        JournalSearch.Found found = new JournalSearch(journal).steps(2, 3);
        assertThat(found.steps()).extracting(JournalSearch.Step::step).containsExactly(2L, 3L);
        assertThat(found.steps().getFirst().documents())
                .containsExactly(new JournalSearch.Part("doc-2", 0, 7), new JournalSearch.Part("shared", 3, 1));
        assertThat(found.cut()).isFalse();
    }

    @Test
    void whatWasUndoneIsNotToldAndNeitherIsWhatIsNotWhole() {
        JournalSearch.Found found = new JournalSearch(journal).steps(5, 100);
        assertThat(found.steps()).singleElement().satisfies(step -> {
            assertThat(step.step()).isEqualTo(5);
            assertThat(step.documents().getFirst().id()).isEqualTo("doc-7");
        });
    }

    @Test
    void aDocumentIsFoundInAllItsSteps() {
        JournalSearch search = new JournalSearch(journal);
        assertThat(search.document("shared").steps())
                .extracting(JournalSearch.Step::step)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(search.document("doc-2").steps()).hasSize(1);
        assertThat(search.document("doc").steps()).isEmpty();
    }

    @Test
    void aRunWithoutAJournalHasNoSteps() {
        assertThat(new JournalSearch(folder.resolve("none")).steps(0, 9).steps())
                .isEmpty();
    }
}
