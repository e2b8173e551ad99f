package org.alluvium.dashboard.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
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

    private static String line(long step, String id, String skipped) {
        return "{\"step\":" + step + ",\"window\":0,\"documents\":[{\"id\":\"" + id
                + "\",\"from\":0,\"tokens\":7,\"lossBits\":\"4015000000000000\"},{\"id\":\"shared\",\"from\":3,\"tokens\":1}],\"tokens\":8,\"loss\":2.5"
                + (skipped.isEmpty() ? "" : ",\"skipped\":\"" + skipped + "\"") + ",\"gradNormBits\":\"3f\"}\n";
    }

    @Test
    void stepsAreFoundByTheirNumbers() {
        JournalSearch.Found found = new JournalSearch(journal).steps(2, 3);
        assertThat(found.steps()).extracting(JournalSearch.Step::step).containsExactly(2L, 3L);
        assertThat(found.steps().getFirst().documents())
                .containsExactly(
                        new JournalSearch.Part("doc-2", 0, 7, Optional.of(5.25)),
                        new JournalSearch.Part("shared", 3, 1, Optional.empty()));
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

    @Test
    void whatIsAppendedIsFoundAndWhatItUndoesIsNot() throws IOException {
        JournalSearch search = new JournalSearch(journal);
        assertThat(search.steps(5, 9).steps()).hasSize(1);
        Files.writeString(
                journal,
                ",\"loss\":1}\n" + line(7, "doc-9", "") + "{\"moved\":{\"afterStep\":2,\"to\":\"another\"}}\n"
                        + line(3, "doc-10", ""),
                StandardOpenOption.APPEND);
        assertThat(search.steps(1, 9).steps())
                .extracting(JournalSearch.Step::step)
                .containsExactly(1L, 2L, 3L);
        assertThat(search.document("doc-9").steps()).isEmpty();
        assertThat(search.document("doc-3").steps()).isEmpty();
        assertThat(search.document("doc-10").steps()).hasSize(1);
    }

    @Test
    void untilTheNextStepNothingAfterARewindCounts() throws IOException {
        Files.writeString(journal, line(1, "a", "") + line(2, "b", "") + "{\"rewind\":{\"afterStep\":1}}\n");
        JournalSearch search = new JournalSearch(journal);
        assertThat(search.steps(1, 9).steps())
                .extracting(JournalSearch.Step::step)
                .containsExactly(1L);
        assertThat(search.document("b").steps()).isEmpty();
    }

    @Test
    void anotherJournalIsReadAnew() throws IOException {
        JournalSearch search = new JournalSearch(journal);
        assertThat(search.document("doc-2").steps()).hasSize(1);
        Files.writeString(journal, line(1, "other", ""));
        assertThat(search.document("doc-2").steps()).isEmpty();
        assertThat(search.document("other").steps()).hasSize(1);
    }

    @Test
    void aLongJournalWithRewindsHasTheStepsThatALinearLookFinds() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        TreeMap<Long, String> expected = new TreeMap<>();
        StringBuilder lines = new StringBuilder();
        long step = 0;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(1_000) == 0) {
                step = Math.max(0, step - random.nextInt(1_200));
                lines.append("{\"rewind\":{\"afterStep\":").append(step).append("}}\n");
                expected.tailMap(step, false).clear();
            }
            step++;
            lines.append(line(step, "id-" + i, ""));
            expected.put(step, "id-" + i);
        }
        Files.writeString(journal, lines);
        JournalSearch search = new JournalSearch(journal);
        expected.forEach((number, id) -> {
            if (number % 97 == 0) {
                assertThat(search.steps(number, number).steps())
                        .singleElement()
                        .satisfies(found ->
                                assertThat(found.documents().getFirst().id()).isEqualTo(id));
                assertThat(search.document(id).steps())
                        .extracting(JournalSearch.Step::step)
                        .containsExactly(number);
            }
        });
        assertThat(search.document("shared").cut()).isTrue();
        assertThat(search.steps(step + 1, Long.MAX_VALUE).steps()).isEmpty();
    }

    @Test
    void theNextProcessReadsWhatWasSavedAndGoesOn() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= 100; step++) {
            lines.append(line(step, "doc-" + step, ""));
        }
        lines.append("{\"rewind\":{\"afterStep\":90}}\n");
        Files.writeString(journal, lines);
        assertThat(saving().document("doc-50").steps()).hasSize(1);
        assertThat(folder.resolve("index/index.json")).exists();

        Files.writeString(journal, line(91, "late", ""), StandardOpenOption.APPEND);
        JournalSearch next = saving();
        assertThat(next.document("doc-50").steps()).hasSize(1);
        assertThat(next.document("doc-95").steps()).isEmpty();
        assertThat(next.document("late").steps()).hasSize(1);
        assertThat(next.steps(89, 200).steps())
                .extracting(JournalSearch.Step::step)
                .containsExactly(89L, 90L, 91L);
    }

    @Test
    void aSavedIndexOfAnotherJournalIsNotBelieved() throws IOException {
        assertThat(saving().document("doc-2").steps()).hasSize(1);
        long length = Files.size(journal);
        StringBuilder other = new StringBuilder();
        for (int step = 1; other.length() <= length; step++) {
            other.append(line(step, "other-" + step, ""));
        }
        Files.writeString(journal, other);
        JournalSearch next = saving();
        assertThat(next.document("doc-2").steps()).isEmpty();
        assertThat(next.document("other-2").steps()).hasSize(1);
    }

    /** As by a process that saves its index at once. */
    private JournalSearch saving() {
        return new JournalSearch(new JournalIndex(journal, 1));
    }

    @Test
    void anIdMayHaveAnything() throws IOException {
        String id = "a\"b\\c ä\n";
        String quoted = "a\\\"b\\\\c ä\\n";
        Files.writeString(journal, line(1, quoted, "") + line(2, "b", ""));
        assertThat(new JournalSearch(journal).document(id).steps())
                .singleElement()
                .satisfies(
                        found -> assertThat(found.documents().getFirst().id()).isEqualTo(id));
    }
}
