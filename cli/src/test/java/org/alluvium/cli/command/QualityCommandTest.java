package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.alluvium.cli.Main;
import org.alluvium.contracts.error.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QualityCommandTest {

    @TempDir
    private Path folder;

    private String printed = "";
    private String complaints = "";

    @BeforeEach
    void writeTwoCorpora() throws IOException {
        write("good/texts.jsonl", texts("essay", 1));
        write("raw/texts.jsonl", texts("casino", 2));
    }

    private static List<String> texts(String word, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int text = 0; text < 100; text++) {
            StringBuilder line = new StringBuilder("{\"text\": \"");
            for (int i = 0; i < 30; i++) {
                line.append(random.nextInt(4) == 0 ? word : "word")
                        .append(random.nextInt(20))
                        .append(' ');
            }
            lines.add(line.append("\"}").toString());
        }
        return lines;
    }

    private void write(String name, List<String> lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int code = commandLine.execute(arguments);
        printed = out.toString();
        complaints = err.toString();
        return code;
    }

    private int train(String raw, String model, String... more) {
        List<String> arguments = new ArrayList<>(List.of("quality", "train", "--reference", path("good")));
        arguments.addAll(List.of("--raw", path(raw), "--output", path(model)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aModelIsTrainedAndTellsOtherTextsApart() throws IOException {
        assertThat(train("raw", "a.model")).isEqualTo(ExitCode.OK.code());
        assertThat(printed).contains("a.model: digest ").contains("area under the ROC curve: 1.0000");

        write("other/good.jsonl", texts("essay", 3));
        write("other/raw.jsonl", texts("casino", 4));
        assertThat(run(
                        "quality",
                        "eval",
                        "--model",
                        path("a.model"),
                        "--reference",
                        path("other/good.jsonl"),
                        "--raw",
                        path("other/raw.jsonl"),
                        "--json"))
                .isEqualTo(ExitCode.OK.code());
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.path("areaUnderCurve").asDouble()).isGreaterThan(0.99);
        assertThat(report.path("reference").path("texts").asInt()).isEqualTo(100);
        assertThat(report.path("raw").path("likelyShare").asDouble()).isLessThan(0.1);
    }

    @Test
    void theOrderOfTextsAndTheNamesOfFilesMakeNoDifference() throws IOException {
        List<String> shuffled = texts("casino", 2);
        Collections.shuffle(shuffled, new Random(9));
        write("shuffled/b/2.jsonl", shuffled.subList(0, 30));
        write("shuffled/a/1.jsonl", shuffled.subList(30, 100));

        train("raw", "a.model", "--features", "pairs");
        train("shuffled", "b.model", "--features", "pairs");

        assertThat(folder.resolve("a.model")).hasSameBinaryContentAs(folder.resolve("b.model"));
    }

    @Test
    void aModelThatIsThereIsNotOverwritten() {
        train("raw", "a.model");

        assertThat(train("raw", "a.model")).isEqualTo(ExitCode.STORAGE.code());
        assertThat(complaints).contains("it exists already");
    }

    @Test
    void aCorpusWithoutTextsIsNamed() throws IOException {
        write("empty/texts.jsonl", List.of("not json"));

        assertThat(train("empty", "a.model")).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(complaints)
                .contains("raw: 1 records held no document that could be read")
                .contains("Name other files with --raw");
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThat(train("raw", "a.model", "--passes", "0")).isEqualTo(ExitCode.USAGE.code());
        assertThat(train("raw", "a.model", "--max-texts", "0")).isEqualTo(ExitCode.USAGE.code());
        assertThat(train("raw", "a.model", "--format", "avro")).isEqualTo(ExitCode.USAGE.code());
        assertThat(folder.resolve("a.model")).doesNotExist();
    }
}
