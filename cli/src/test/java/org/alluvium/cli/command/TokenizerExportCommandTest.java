package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tokenizer export} writes, held to Hugging Face's own tokenizers. */
class TokenizerExportCommandTest {

    private static final Path MODELS = Path.of("../tokenizer/src/test/resources/org/alluvium/tokenizer/models");
    private static final String MARKS = "</s>";

    @TempDir
    private Path folder;

    @Test
    void theVocabularyThatComesWithAlluviumIsTheSameThere() throws IOException {
        CommandRun export = CommandRun.of("tokenizer", "export", "--eos", out());
        assertThat(export.code()).isEqualTo(ExitCode.OK.code());
        assertThat(export.out())
                .contains("tokenizer.json")
                .contains("differs: Scores are added up in double precision");
        assertSame(Vocabulary.bundled(), Vocabulary.bundled().eosId());
        JsonNode config = new ObjectMapper()
                .readTree(folder.resolve("out/tokenizer_config.json").toFile());
        assertThat(config.path("tokenizer_class").textValue()).isEqualTo("PreTrainedTokenizerFast");
        assertThat(config.path("tokenizer_json_differs")).hasSize(3);
    }

    /** With byte fallback, without; unigram with byte fallback and with pieces that users defined. */
    @ParameterizedTest
    @ValueSource(strings = {"bpe-llama", "bpe-across", "unigram-bytes"})
    void aModelIsTheSameThere(String name) throws IOException {
        Path model = MODELS.resolve(name + ".model");
        CommandRun export = CommandRun.of("tokenizer", "export", "--model", model.toString(), "--eos", out());
        assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.OK.code());
        assertThat(Files.readAllBytes(folder.resolve("out/tokenizer.model"))).isEqualTo(Files.readAllBytes(model));
        Vocabulary vocabulary = Vocabulary.load(model);
        assertSame(vocabulary, vocabulary.eosId());
    }

    @Test
    void aByteLevelVocabularyIsItsOwnFile() throws IOException {
        Path model = WrongFiles.byteLevel(folder.resolve("bytes.json"));
        CommandRun export = CommandRun.of("tokenizer", "export", "--model", model.toString(), out());
        assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.OK.code());
        assertThat(export.out()).doesNotContain("differs");
        assertThat(folder.resolve("out/tokenizer.json")).hasSameBinaryContentAs(model);
        assertThat(folder.resolve("out/tokenizer.model")).doesNotExist();
        assertSame(Vocabulary.load(model), Vocabulary.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "char", "bpe-suffix"})
    void whatCannotBeExpressedIsRefusedAndNothingIsWritten(String name) {
        Path model = MODELS.resolve(name + ".model");
        CommandRun export = CommandRun.of("tokenizer", "export", "--model", model.toString(), out());
        assertThat(export.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(export.err())
                .contains(name + ".model")
                .contains("cannot be expressed in a tokenizer.json")
                .contains("Load the model itself with SentencePiece's own libraries");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFolderThatHasOneOfTheFilesIsLeftAsItIs() throws IOException {
        Path there = Files.createDirectories(folder.resolve("out")).resolve("tokenizer.json");
        Files.writeString(there, "mine");
        CommandRun export = CommandRun.of("tokenizer", "export", out());
        assertThat(export.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(export.err()).contains("there is such a file already");
        assertThat(there).hasContent("mine");
        assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**tokenizer.model");
    }

    private void assertSame(Vocabulary vocabulary, int end) throws IOException {
        List<String> texts = Files.readAllLines(MODELS.resolve("texts.txt"));
        assertThat(texts).hasSizeGreaterThan(40);
        try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(
                folder.resolve("out/tokenizer.json"), Map.of("truncation", "false", "padding", "false"))) {
            for (String text : texts) {
                // What spells a control piece is that piece there, and U+2581 at an end is a matter of its own.
                if (!text.contains(MARKS) && !text.startsWith("\u2581")) {
                    int[] ids = CommandRun.ids(vocabulary, text);
                    assertThat(theirs.encode(text, false, false).getIds())
                            .as(text)
                            .isEqualTo(Arrays.stream(ids).asLongStream().toArray());
                    long[] marked = theirs.encode(text, true, false).getIds();
                    assertThat(marked).hasSize(ids.length + (end == Vocabulary.NONE ? 0 : 1));
                    assertThat(end == Vocabulary.NONE || marked[ids.length] == end)
                            .isTrue();
                }
            }
        }
    }

    private String out() {
        return folder.resolve("out").toString();
    }
}
