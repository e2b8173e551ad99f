package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.contracts.error.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands of a vocabulary say of files that are none. */
class WrongVocabularyTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "folder, 69, this is a folder, Name the file in it",
        "empty, 65, the file is empty, Use a model file",
        "zip, 65, not valid, not a SentencePiece model",
        "half a model, 65, past the end, restore it",
        "half a tokenizer.json, 65, 'not JSON, or not all of it', Use a tokenizer.json",
        "unigram tokenizer.json, 65, 'model.type: the tokenizer asks for what is not supported: Unigram', use its tokenizer.model",
        "text, 65, not valid, not a SentencePiece model",
        "huge, 65, a file of 3221225472 bytes is no vocabulary, Name a SentencePiece model"
    })
    void everyCommandNamesTheFileWhatIsWrongAndWhatToDo(String kind, int code, String wrong, String advice)
            throws IOException {
        String file = WrongFiles.of(kind, folder).toString();
        String text = Files.writeString(folder.resolve("text.txt"), "The river carries sand to the sea.\n")
                .toString();
        String out = folder.resolve("out").toString();
        List<List<String>> commands = List.of(
                List.of("info", "--model", file),
                List.of("encode", "--model", file, "sand"),
                List.of("decode", "--model", file, "1"),
                List.of("export", "--model", file, out),
                List.of("verify", "--model", file, text),
                List.of("report", "--model", file, text),
                List.of("report", "--against", file, text),
                List.of("train", "--from-spec", file, "--output", out, text));
        for (List<String> command : commands) {
            CommandRun run = CommandRun.of("tokenizer", command);
            assertThat(run.code()).as("%s: %s", command, run.err()).isEqualTo(code);
            assertThat(run.err())
                    .contains(file)
                    .contains(wrong)
                    .contains(advice)
                    .doesNotContain("Exception");
            assertThat(run.err().lines()).as("one line").hasSize(1);
        }
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void aByteLevelVocabularyHasNothingToBeVerifiedWithOrTrainedLike() throws IOException {
        String file = WrongFiles.byteLevel(folder.resolve("bytes.json")).toString();
        CommandRun verify = CommandRun.of("tokenizer", "verify", "--model", file, "--fuzz", "3");
        assertThat(verify.code()).isEqualTo(ExitCode.MISMATCH.code());
        assertThat(verify.err()).contains("byte-level").contains("Compare a SentencePiece model");
        CommandRun train = CommandRun.of(
                "tokenizer",
                "train",
                "--from-spec",
                file,
                "--output",
                folder.resolve("o").toString(),
                file);
        assertThat(train.code()).isEqualTo(ExitCode.MISMATCH.code());
        assertThat(train.err()).contains("byte-level").contains("Use a SentencePiece model");
    }
}
