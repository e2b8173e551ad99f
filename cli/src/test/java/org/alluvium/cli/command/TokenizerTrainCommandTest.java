package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.cli.Main;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TokenizerTrainCommandTest {

    private static final List<String> WORDS =
            List.of("river", "rivers", "sand", "sandy", "delta", "deltas", "carry", "carried", "season", "water");

    private static final List<String> ENDINGS = List.of("", "ing", "less", "ful", "land", "side", "bed");

    @TempDir
    private Path folder;

    private String complaints = "";

    @BeforeEach
    void writeText() throws IOException {
        String text = IntStream.range(0, 2000)
                .mapToObj(i -> WORDS.get(i * 7 % WORDS.size()) + ENDINGS.get(i * i % ENDINGS.size()) + " river")
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("text.txt"), text);
    }

    @Test
    void aVocabularyOfEachTypeIsTrainedAndProgressIsPlainLinesWhereThereIsNoTerminal() {
        for (String type : List.of("UNIGRAM", "BPE")) {
            Path model = folder.resolve(type + ".model");
            assertThat(train(type, "--type", type, "--size", "290"))
                    .as(complaints)
                    .isEqualTo(ExitCode.OK.code());
            Vocabulary vocabulary = Vocabulary.load(model);
            assertThat(vocabulary.size()).isEqualTo(290);
            assertThat(vocabulary.idOf("\u2581river")).isNotEqualTo(Vocabulary.NONE);
            assertThat(complaints).contains("reading took", "training took").doesNotContain("\u001b");
            assertThat(folder.resolve(type + ".vocab")).exists();
        }
    }

    @Test
    void settingsOfAModelAreTakenAndOptionsBesideThemChangeThem() throws IOException {
        train("first", "--type", "BPE", "--size", "300");
        train("again", "--from-spec", folder.resolve("first.model").toString());
        train("larger", "--from-spec", folder.resolve("first.model").toString(), "--size", "305");

        assertThat(folder.resolve("again.model")).hasBinaryContent(Files.readAllBytes(folder.resolve("first.model")));
        assertThat(Vocabulary.load(folder.resolve("larger.model")).size()).isEqualTo(305);
    }

    @Test
    void whatCannotBeTrainedIsRefusedAndLeavesNothing() {
        assertThat(train("none", "--size", "100000")).isEqualTo(ExitCode.CONFIG.code());
        assertThat(folder.toFile().list()).containsExactly("text.txt");
        assertThat(run("tokenizer", "train", "--output", "x")).isEqualTo(ExitCode.USAGE.code());
        assertThat(complaints).contains("--corpus");
    }

    private int train(String output, String... options) {
        return run(Stream.concat(
                        Stream.of(
                                "tokenizer",
                                "train",
                                "--output",
                                folder.resolve(output).toString(),
                                folder.resolve("text.txt").toString()),
                        Arrays.stream(options))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(new StringWriter()));
        commandLine.setErr(new PrintWriter(err));
        int code = commandLine.execute(arguments);
        complaints = err.toString();
        return code;
    }
}
