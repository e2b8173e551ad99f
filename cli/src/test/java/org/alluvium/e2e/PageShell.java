package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A shell in a folder that has a launcher, of what the test itself runs with.
 *
 * @param folder that commands are run in
 */
record PageShell(Path folder) {

    static PageShell in(Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path launcher = Files.writeString(folder.resolve("alluvium"), """
                #!/bin/sh
                options="%2$s/bin/jvm/$1.options"
                [ -f "$options" ] || options="%2$s/bin/jvm/light.options"
                exec "%1$s" "@$options" -Dalluvium.home="%2$s" -cp "%3$s" org.alluvium.cli.Main "$@"
                """.formatted(
                        java, System.getProperty("alluvium.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PageShell(folder);
    }

    /** Runs commands, none of which may fail, and returns what they print. */
    String run(String block) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-e", "-c", block)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(block + said).isZero();
        return said;
    }
}
