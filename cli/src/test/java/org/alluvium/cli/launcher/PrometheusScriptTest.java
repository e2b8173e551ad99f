package org.alluvium.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/prometheus.sh} in a shell that finds only the programs that a test gives it. */
class PrometheusScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "bin", "prometheus.sh").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeInstallation() throws IOException {
        Files.createDirectories(folder.resolve("target"));
    }

    @Test
    void onePrometheusThatIsThereIsTaken() throws Exception {
        program("prometheus", "exit 0");
        program("promtool", "exit 0");
        program("apt-get", "touch " + folder.resolve("asked"));
        assertThat(ensure()).isEqualTo("found\n");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void onDebianOneIsUnpackedAndIsThereTheNextTime() throws Exception {
        program("apt-get", "case \"$*\" in *download*) : > prometheus_2.deb ;; *) exit 1 ;; esac");
        program("dpkg", """
                mkdir -p usr/bin
                for tool in prometheus promtool; do cp "$0" usr/bin/$tool; done""");
        for (String tool : new String[] {"rm", "mkdir", "cp"}) {
            program(tool, "exec /bin/" + tool + " \"$@\"");
        }
        assertThat(ensure())
                .isEqualTo("alluvium: unpacking a Prometheus to test the metrics with (log in " + folder
                        + "/target/prometheus.log)\nfound\n");
        assertThat(ensure()).isEqualTo("found\n");
    }

    @Test
    void whereItCannotBeHadThatIsSaidAndTestingGoesOn() throws Exception {
        assertThat(ensure())
                .isEqualTo("alluvium: there is no Prometheus on the path; testing metrics and rules without one (Debian"
                        + " has one in the package prometheus)\nnone\n");
        program("apt-get", "exit 100");
        program("dpkg", "exit 1");
        assertThat(ensure()).contains("it could not be had; testing metrics and rules without one");
    }

    private String ensure() throws IOException, InterruptedException {
        program("id", "echo 1000");
        ProcessBuilder shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "set -eu; root=" + folder + "; . " + SCRIPT
                                + "; ensure_prometheus; if has_prometheus; then echo found; else echo none; fi")
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
