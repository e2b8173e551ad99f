package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/deploy.md} that need nothing but this machine, run as they stand, one block after another. */
class DeployPageIT {

    /** Below those that the system hands to clients, and beside those of {@link ClusterIT}. */
    private static final int PORT = 12_000 + (int) (ProcessHandle.current().pid() % 9_000);

    @TempDir
    private Path folder;

    @Test
    void commandsDoWhatThePageSays() throws Exception {
        installLauncher();
        try {
            String last = "";
            for (String block : DeployPage.read().inOrder()) {
                last = run(block.replace("localhost:8081", "localhost:" + PORT));
            }
            assertThat(last).contains("stopped");
        } finally {
            run("./alluvium cluster stop --config alluvium.yaml || true");
        }
    }

    /** A launcher in the folder, of what the test itself runs with. */
    private void installLauncher() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path launcher = Files.writeString(folder.resolve("alluvium"), """
                #!/bin/sh
                exec "%s" -Dalluvium.home="%s" -cp "%s" org.alluvium.cli.Main "$@"
                """.formatted(
                        java, System.getProperty("alluvium.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(String block) throws IOException, InterruptedException {
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
