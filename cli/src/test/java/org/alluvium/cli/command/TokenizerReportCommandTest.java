package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.cli.Main;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TokenizerReportCommandTest {

    private static final String ENGLISH =
            "The river carries sand to the sea, and the delta grows a little every year. ";
    private static final String CHINESE = "河流把沙子带到大海,三角洲每年都在增长。";

    @TempDir
    private Path folder;

    private String printed = "";
    private String complaints = "";

    @BeforeEach
    void writeTexts() throws IOException {
        Files.writeString(folder.resolve("en.txt"), ENGLISH.repeat(20));
        Files.writeString(folder.resolve("zh.txt"), CHINESE.repeat(20));
    }

    @Test
    void aReportSaysByLanguageAndSourceWhatATokenHolds() throws IOException {
        String english = folder.resolve("en.txt").toString();
        assertThat(run(
                        "tokenizer",
                        "report",
                        "--json",
                        english,
                        folder.resolve("zh.txt").toString()))
                .isEqualTo(ExitCode.OK.code());
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.at("/languages/en/bytes").asLong()).isEqualTo(20L * ENGLISH.length() - 1);
        assertThat(report.at("/sources").get(english).get("bytesPerToken").asDouble())
                .isGreaterThan(1);
        assertThat(report.at("/languages").size()).isEqualTo(2);
        assertThat(report.at("/total/texts").asLong()).isEqualTo(2);
        assertThat(report.at("/unusedPieces").size()).isPositive();
    }

    @Test
    void aVocabularyIsAsGoodAsItself() throws IOException {
        Path same =
                Files.write(folder.resolve("same.model"), Vocabulary.bundled().modelBytes());
        String text = folder.resolve("en.txt").toString();
        assertThat(run("tokenizer", "report", "--json", "--against", same.toString(), text))
                .isEqualTo(ExitCode.OK.code());
        JsonNode against = new ObjectMapper().readTree(printed).get("against");
        assertThat(against.at("/bytesPerTokenRatio/all").asDouble()).isEqualTo(1);
        assertThat(against.get("onlyHere")).isEmpty();
        assertThat(against.get("onlyThere")).isEmpty();
        assertThat(run("tokenizer", "report", "--against", same.toString(), text))
                .isEqualTo(ExitCode.OK.code());
        assertThat(printed).contains("language en").contains("coverage").contains("only in " + same + ": 0 pieces");
    }

    @Test
    void neitherFilesNorACorpusIsAMistakeOfTheCommandLine() {
        assertThat(run("tokenizer", "report")).isEqualTo(ExitCode.USAGE.code());
        assertThat(complaints).contains("--corpus");
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
}
