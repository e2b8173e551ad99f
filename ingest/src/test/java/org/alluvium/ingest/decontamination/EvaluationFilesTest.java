package org.alluvium.ingest.decontamination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.config.DecontaminationConfig;
import org.alluvium.contracts.config.DecontaminationConfig.Action;
import org.alluvium.contracts.config.DecontaminationConfig.EvaluationSet;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.decontamination.EvaluationSets.Item;
import org.alluvium.ingest.decontamination.EvaluationSets.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {

    @TempDir
    private Path folder;

    private EvaluationSets read(Optional<Path> common) {
        return EvaluationFiles.read(new DecontaminationConfig(
                List.of(new EvaluationSet("quiz", folder.resolve("quiz"))), 3, common, 0, Action.CUT, 200, 200, 10));
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve("quiz"));
        Files.writeString(folder.resolve("quiz").resolve(name), content);
    }

    @Test
    void everyStringOfAnObjectIsTextOfItsItem() throws IOException {
        write("a.jsonl", """
                {"id": 12, "question": "Who wrote it?", "choices": {"text": ["One man", "Two"]}, "answer": 1}

                {"question": "one two three four"}
                """);

        EvaluationSets sets = read(Optional.empty());

        assertThat(sets.collisions("who WROTE it")).containsExactly(new Collision(new Item("quiz", "12"), 0, 12));
        assertThat(sets.collisions("wrote it, one"))
                .extracting(Collision::item)
                .containsExactly(new Item("quiz", "12"));
        assertThat(sets.collisions("two three four"))
                .extracting(Collision::item)
                .containsExactly(new Item("quiz", "a.jsonl:3"));
    }

    @Test
    void everyLineOfAnotherFileIsAnItem() throws IOException {
        write("b.txt", "one two three\n\ntoo short\n");

        EvaluationSets sets = read(Optional.empty());

        assertThat(sets.collisions("so: one, two, three"))
                .containsExactly(new Collision(new Item("quiz", "b.txt:1"), 4, 19));
        assertThat(sets.sizes()).containsEntry("quiz", new Size(2, 1));
        assertThat(sets.grams()).isEqualTo(1);
    }

    @Test
    void filesMayBeCompressed() throws IOException {
        Files.createDirectories(folder.resolve("quiz"));
        try (OutputStream out = new GZIPOutputStream(
                Files.newOutputStream(folder.resolve("quiz").resolve("c.jsonl.gz")))) {
            out.write("{\"id\": \"x\", \"text\": \"one two three\"}\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(Optional.empty()).collisions("one two three"))
                .extracting(Collision::item)
                .containsExactly(new Item("quiz", "x"));
    }

    @Test
    void whatIsCommonCollidesWithNothing() throws IOException {
        write("a.txt", "one two three four\n");
        Path common = Files.writeString(folder.resolve("common.txt"), "zero one two\nthree\n");

        assertThat(read(Optional.of(common)).collisions("one two three four"))
                .extracting(Collision::start)
                .containsExactly(4);
    }

    @Test
    void everyCharacterOfAScriptWithoutSpacesIsAWord() throws IOException {
        write("a.txt", "天地玄黃，宇宙洪荒。\n");

        assertThat(read(Optional.empty()).collisions("《玄黃宇》"))
                .containsExactly(new Collision(new Item("quiz", "a.txt:1"), 1, 4));
    }

    @Test
    void aLineThatIsNoItemIsNamed() throws IOException {
        write("a.jsonl", "{\"id\": 1}\n[]\n");
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.jsonl:2: the line is not a JSON object");

        write("a.jsonl", "{\"id\": 1}\n{\"id\": \n");
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.jsonl:2: the line is not JSON");
    }

    @Test
    void aSetThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("evaluation set");
    }
}
