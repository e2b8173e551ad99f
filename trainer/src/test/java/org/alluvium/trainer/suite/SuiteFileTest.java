package org.alluvium.trainer.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.config.SuiteConfig;
import org.alluvium.contracts.config.SuiteConfig.Format;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteFileTest {

    @TempDir
    private Path folder;

    @Test
    void aDescriptionAndItsFourEndings() throws IOException {
        Path file = write("val.jsonl", """
                {"ind": 24, "activity_label": "Roof shingle removal", "ctx_a": "A man is sitting on a roof.", "ctx_b": "he",
                 "endings": ["is using wrap to wrap a pair of skis.", "is ripping level tiles off.", "holds a cube.", "starts pulling up roofing."],
                 "label": 3, "split": "val"}
                """.replace("\n ", " "));

        assertThat(read(Format.HELLASWAG, file))
                .containsExactly(new Question(
                        "",
                        "Roof shingle removal: A man is sitting on a roof. He",
                        List.of(
                                " is using wrap to wrap a pair of skis.",
                                " is ripping level tiles off.",
                                " holds a cube.",
                                " starts pulling up roofing."),
                        3));
    }

    @Test
    void marksOfInstructionsAreTakenOutOfDescriptions() throws IOException {
        Path file = write("val.jsonl", """
                {"ctx": "[header] How to fold [title] Lay it flat. [step] Smooth it.", "endings": ["[substeps] Fold.", "Burn it."], "label": "0"}
                """);

        Question question = read(Format.HELLASWAG, file).getFirst();
        assertThat(question.context()).isEqualTo("How to fold. Lay it flat. Smooth it.");
        assertThat(question.answers()).containsExactly(" Fold.", " Burn it.");
    }

    @Test
    void aPassageEndsWithTheWordThatIsAskedFor() throws IOException {
        Path json = write("test.jsonl", """
                {"text": "\\"Give me a minute,\\" said Gabriel. He sat down beside Gabriel"}
                """);
        Path plain = write("test.txt", "she gave him the rope\n\nhe took the rope .\n");

        assertThat(read(Format.LAMBADA, json))
                .containsExactly(new Question(
                        "", "\"Give me a minute,\" said Gabriel. He sat down beside", List.of(" Gabriel"), 0));
        assertThat(read(Format.LAMBADA, plain))
                .containsExactly(
                        new Question("", "she gave him the", List.of(" rope"), 0),
                        new Question("", "he took the rope", List.of(" ."), 0));
    }

    @Test
    void pairsOfSentencesFromAllFilesOfAFolder() throws IOException {
        write("b.jsonl", pair("Some cat sleeps.", "Some cats sleeps.", "subject_verb_agreement"));
        write("a.jsonl", pair("Who left?", "Left who?", "island_effects"));

        assertThat(read(Format.BLIMP, folder))
                .containsExactly(
                        new Question("island_effects", "", List.of("Who left?", "Left who?"), 0),
                        new Question(
                                "subject_verb_agreement", "", List.of("Some cat sleeps.", "Some cats sleeps."), 0));
    }

    @Test
    void aLimitTakesTheFirstOnesOfCompressedFilesToo() throws IOException {
        Path file = folder.resolve("test.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a b\nc d\ne f\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(SuiteFile.read(new SuiteConfig("suite", Format.LAMBADA, file, 2)))
                .extracting(Question::context)
                .containsExactly("a", "c");
    }

    @Test
    void aLineThatIsNoQuestionIsNamedWithWhatItLacks() throws IOException {
        Path file = write("blimp.jsonl", pair("a", "b", "c") + "{\"sentence_good\": \"a\"}\n");

        assertThatThrownBy(() -> read(Format.BLIMP, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no text 'sentence_bad'")
                .hasMessageContaining("blimp.jsonl:2");
    }

    @Test
    void aLineWithoutALabelOrJsonIsRefused() throws IOException {
        Path unlabelled = write("test.jsonl", "{\"ctx\": \"a\", \"endings\": [\"b\", \"c\"], \"label\": \"\"}\n");
        Path text = write("text.jsonl", "a passage\n");

        assertThatThrownBy(() -> read(Format.HELLASWAG, unlabelled))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the right answer is number -1 of 2");
        assertThatThrownBy(() -> read(Format.LAMBADA, text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void aSuiteWithoutQuestionsOrWithoutAFileIsRefused() throws IOException {
        Path empty = write("empty.txt", "\n");

        assertThatThrownBy(() -> read(Format.LAMBADA, empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no question");
        assertThatThrownBy(() -> read(Format.LAMBADA, folder.resolve("missing")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("missing");
    }

    private static List<Question> read(Format format, Path path) {
        return SuiteFile.read(new SuiteConfig("suite", format, path, 0));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String pair(String good, String bad, String term) {
        return "{\"sentence_good\": \"%s\", \"sentence_bad\": \"%s\", \"linguistics_term\": \"%s\"}%n"
                .formatted(good, bad, term);
    }
}
