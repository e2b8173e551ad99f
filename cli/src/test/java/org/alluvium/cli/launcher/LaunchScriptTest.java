package org.alluvium.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/launch.sh} up to the JVM. */
class LaunchScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "bin", "launch.sh").toAbsolutePath().normalize();

    @ParameterizedTest
    @CsvSource({
        "train, train",
        "sweep --grid train.seed=1 out, train",
        "evaluate --checkpoint run, generate",
        "status, light",
        "train --help, light",
        "trace doc a, generate",
        "trace doc a --no-loss, light",
        "trace step 5, light",
        "trace step 5 --row 1 --pos 2, generate",
        "trace step 5 --row=1 --pos=2, generate",
        "trace step 5 --row 1 --pos 2 --no-loss, light"
    })
    void aCommandHasTheOptionsOfWhatItDoes(String line, String options) throws Exception {
        String script = "root=/r; . " + SCRIPT + "; jvm_options \"$(command_of " + line + ")\" " + line;
        Process process = new ProcessBuilder("/bin/sh", "-c", script)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).isEqualTo("/r/bin/jvm/" + options + ".options");
    }
}
