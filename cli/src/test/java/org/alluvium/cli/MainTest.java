package org.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ExitCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasHelpWithAnExampleAndExitCodes() {
        return commands(Main.commandLine())
                .map(command -> DynamicTest.dynamicTest(command.getCommandSpec().qualifiedName(), () -> {
                    String help = command.getUsageMessage();
                    assertThat(help)
                            .contains("Examples:")
                            .contains("./alluvium")
                            .contains("Exit codes:");
                    assertThat(command.getCommandSpec().usageMessage().description())
                            .isNotEmpty();
                }));
    }

    private static Stream<CommandLine> commands(CommandLine root) {
        return Stream.concat(
                Stream.of(root), root.getSubcommands().values().stream().flatMap(MainTest::commands));
    }

    @Test
    void theHelpNamesEveryExitCodeWithItsMeaning() {
        String help = Main.commandLine().getUsageMessage().replaceAll("\\s+", " ");
        assertThat(Arrays.stream(ExitCode.values()))
                .allSatisfy(code -> assertThat(help).contains(code.code() + " " + meaningInHelp(code)));
    }

    @Test
    void theDocumentationNamesEveryExitCodeWithItsMeaning() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "commands.md"));
        assertThat(Arrays.stream(ExitCode.values()).filter(code -> code != ExitCode.INTERRUPTED))
                .allSatisfy(code -> assertThat(page).contains("| " + code.code() + " | " + code.meaning() + " |"));
    }

    /** After a code, "the command" need not be said again. */
    private static String meaningInHelp(ExitCode code) {
        return code == ExitCode.FAILED ? "it ran but did not reach what was asked" : code.meaning();
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithTheNearestOne() {
        assertThat(run("demmo")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("demo").contains("--help");
    }

    @Test
    void anUnknownOptionIsAUsageErrorWithTheNearestOne() {
        assertThat(run("doctor", "--jsn")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("--json").contains("alluvium doctor --help");
    }

    @Test
    void aMissingCommandIsAUsageErrorThatNamesThem() {
        assertThat(run()).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("demo, up, ingest");
    }

    @Test
    void anErrorIsItsMessageAlone(@TempDir Path folder) {
        Path missing = folder.resolve("missing.yaml");
        assertThat(run("config", "check", "--config", missing.toString())).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(err.toString()).contains(missing.toString()).doesNotContain("\tat ");
    }

    @Test
    void withDebugAnErrorHasItsStackTrace(@TempDir Path folder) {
        Path missing = folder.resolve("missing.yaml");
        run("config", "check", "--debug", "--config", missing.toString());
        assertThat(err.toString()).contains("\tat org.alluvium");
    }

    @Test
    void aRefusedConfigurationHasTheExitCodeForIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), "trian:\n  steps: 3\n");
        assertThat(run("config", "check", "--config", file.toString())).isEqualTo(ExitCode.CONFIG.code());
        assertThat(err.toString()).contains("alluvium.yaml:1").contains("train");
    }

    @Test
    void theExampleConfigurationIsAValidOne(@TempDir Path folder) throws Exception {
        assertThat(run("config", "reference", "--example")).isZero();
        Path file = Files.writeString(folder.resolve("alluvium.yaml"), out.toString());
        assertThat(run("config", "check", "--config", file.toString())).isZero();
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(out.toString()).contains("doctor").contains("--json").contains("complete -F");
        assertThat(run("completion", "zsh")).isZero();
        assertThat(out.toString()).contains("bashcompinit");
    }

    @Test
    void theVersionNamesTheJdk() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).contains("alluvium").contains("java " + Runtime.version());
    }
}
