package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
        PageShell shell = PageShell.in(folder);
        Files.createSymbolicLink(
                folder.resolve("k8s"), Path.of("").toAbsolutePath().resolveSibling("k8s"));
        try {
            String last = "";
            for (String block : DeployPage.read().inOrder()) {
                last = shell.run(block.replace("localhost:8081", "localhost:" + PORT));
            }
            assertThat(last).contains("stopped");
        } finally {
            shell.run("./alluvium cluster stop --config alluvium.yaml || true");
        }
    }
}
