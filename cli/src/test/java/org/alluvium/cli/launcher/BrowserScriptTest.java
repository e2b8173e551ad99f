package org.alluvium.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/browser.sh} in a shell that finds only the programs that a test gives it. */
class BrowserScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "bin", "browser.sh").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeInstallation() throws IOException {
        Files.createDirectories(folder.resolve("target"));
    }

    @Test
    void aBrowserThatIsThereIsTaken() throws Exception {
        program("chromium", "exit 0");
        program("apt-get", "touch " + folder.resolve("asked"));
        assertThat(ensure("0")).isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void rootOnDebianGetsOne() throws Exception {
        program("apt-get", "case \"$*\" in *chromium*) /bin/cp \"$0\" " + folder.resolve("bin/chromium") + " ;; esac");
        assertThat(ensure("0"))
                .isEqualTo("alluvium: installing a Chromium to test the pages in (log in " + folder
                        + "/target/browser.log)\n");
    }

    @Test
    void whereItCannotBeInstalledThatIsSaidAndTestingGoesOn() throws Exception {
        program("apt-get", "echo no network; exit 100");
        assertThat(ensure("0")).contains("it could not be installed; testing without a browser");
        assertThat(folder.resolve("target/browser.log")).hasContent("no network");
    }

    @Test
    void nobodyElsesSystemIsChanged() throws Exception {
        program("apt-get", "touch " + folder.resolve("asked"));
        assertThat(ensure("1000"))
                .isEqualTo("alluvium: there is no Chromium on the path; testing without a browser (Debian has one in"
                        + " the package chromium)\n");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    private String ensure(String user) throws IOException, InterruptedException {
        program("id", "echo " + user);
        ProcessBuilder shell = new ProcessBuilder(
                        "/bin/sh", "-c", "set -eu; root=" + folder + "; . " + SCRIPT + "; ensure_browser")
                .redirectErrorStream(true);
        shell.environment().put("PATH", folder.resolve("bin").toString());
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private void program(String name, String body) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
