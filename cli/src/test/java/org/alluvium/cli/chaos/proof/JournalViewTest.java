package org.alluvium.cli.chaos.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.alluvium.cli.chaos.proof.JournalView.Again;
import org.alluvium.cli.chaos.proof.JournalView.Piece;
import org.alluvium.contracts.error.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalViewTest {

    @TempDir
    private Path folder;

    private Path file;
    private JournalView view;

    @BeforeEach
    void begin() {
        file = folder.resolve("journal.jsonl");
        view = new JournalView(file);
    }

    @Test
    void aTornLineIsReadOnceItIsWhole() throws IOException {
        write(step(1, "a"), "{\"step\":2,");
        assertThat(view.look()).isTrue();
        assertThat(view.step()).isEqualTo(1);
        assertThat(view.look()).isFalse();
        write("\"documents\":[{\"id\":\"b\",\"from\":0,\"tokens\":4}]}\n");
        assertThat(view.look()).isTrue();
        assertThat(view.pieces()).containsOnlyKeys("a", "b");
    }

    @Test
    void aTakedownMakesLaterStepsVoid() throws IOException {
        write(step(1, "a"), step(2, "b"), step(3, "c"), takedown(1, 7, false), step(2, "c"));
        view.look();
        assertThat(view.step()).isEqualTo(2);
        assertThat(view.pieces()).containsOnlyKeys("a", "c");
        assertThat(view.pieces().get("c")).containsExactly(new Piece(2, 0, 4));
        assertThat(view.firstStep(List.of("b", "c"))).hasValue(2);
        assertThat(view.firstStep(List.of("b"))).isEmpty();
        assertThat(view.wentBackFor()).isEqualTo(-1);
    }

    @Test
    void whatWasUndoneStaysComparableWithWhatTookItsPlace() throws IOException {
        write(step(1, "a"), step(2, "b"), step(3, "c"), step(4, "d"), takedown(1, 7, true), step(2, "c"), step(3, "d"));
        write(takedown(2, 9, true), step(3, "e"));
        view.look();
        List<Again> again = view.again();
        assertThat(again).extracting(Again::afterStep).containsExactly(1L, 2L);
        assertThat(again.get(0).undone()).containsExactly("b", "c", "d");
        assertThat(again.get(0).again()).containsExactly("c", "d");
        assertThat(again.get(1).undone()).containsExactly("d");
        assertThat(again.get(1).again()).containsExactly("e");
        assertThat(view.wentBackFor()).isEqualTo(9);
    }

    @Test
    void itIsKnownOfWhichTakedownARunKnewWhenItLearnedLast() throws IOException {
        write(step(1, "a"), takedown(1, 7, false), step(2, "b"), takedown(2, 9, false), step(3, "a"));
        view.look();
        assertThat(view.knowing()).containsEntry("a", 9L).containsEntry("b", 7L);
        assertThat(view.again()).isEmpty();
    }

    @Test
    void aStepThatIsLeftOutIsAnError() throws IOException {
        write(step(1, "a"), step(3, "b"));
        assertThatThrownBy(view::look).isInstanceOf(DataException.class);
    }

    @Test
    void twoJournalsAreTheSameButForWhatWasUndone() throws IOException {
        Path other = folder.resolve("other.jsonl");
        write(step(1, "a"), step(2, "b"), takedown(1, 7, true), step(2, "c"));
        Files.writeString(other, step(1, "a") + step(2, "c"));
        assertThat(StepLines.same(file, other).holds()).isTrue();
        Files.writeString(other, step(1, "a") + step(2, "b"));
        assertThat(StepLines.same(file, other).ids()).containsExactly("line of step 2");
        Files.writeString(other, step(1, "a"));
        assertThat(StepLines.same(file, other).ids()).containsExactly("line of step 2");
    }

    private void write(String... lines) throws IOException {
        Files.writeString(file, String.join("", lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String step(long step, String id) {
        return "{\"step\":%d,\"documents\":[{\"id\":\"%s\",\"from\":0,\"tokens\":4}]}\n".formatted(step, id);
    }

    private static String takedown(long afterStep, long through, boolean back) {
        return "{\"takedown\":{\"afterStep\":%d,\"through\":%d%s}}\n"
                .formatted(afterStep, through, back ? ",\"back\":true" : "");
    }
}
