package org.alluvium.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {

    @TempDir
    Path folder;

    @Test
    void whatTheConfigurationSaysOfFlinkGoesOverEverythingElse() {
        Map<String, String> settings = settings("""
                cluster:
                  jobManager: http://localhost:9000
                  slots: 3
                  flink: {heartbeat.timeout: 5s, metrics.reporters: prom}
                """);

        assertThat(settings)
                .containsEntry("rest.port", "9000")
                .containsEntry("rest.bind-address", "localhost")
                .containsEntry("jobmanager.rpc.port", "9001")
                .containsEntry("taskmanager.numberOfTaskSlots", "3")
                .containsEntry("jobmanager.scheduler", "adaptive")
                .containsEntry("heartbeat.timeout", "5s")
                .containsEntry("metrics.reporters", "prom")
                .doesNotContainKey("s3.endpoint");
    }

    @Test
    void theFileSystemOfS3IsSetUpFromTheSameKeysAsEverywhere() throws IOException {
        Files.writeString(folder.resolve("secret"), "it's\n");

        Map<String, String> settings = settings("""
                s3: {endpoint: "http://localhost:9100", pathStyle: true, accessKey: me, secretKeyFile: secret}
                """);

        assertThat(settings)
                .containsEntry("s3.endpoint", "http://localhost:9100")
                .containsEntry("s3.path-style-access", "true")
                .containsEntry("s3.access-key", "me")
                .containsEntry("s3.secret-key", "it's");
    }

    @Test
    void nobodyElseMayReadTheFile() throws IOException {
        ClusterSettings.write(Map.of("s3.secret-key", "it's"), folder);
        ClusterSettings.write(Map.of("s3.secret-key", "it's"), folder);

        Path file = folder.resolve("config.yaml");
        assertThat(Files.readAllLines(file)).contains("s3.secret-key: 'it''s'");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private Map<String, String> settings(String yaml) {
        AlluviumConfig config = ConfigLoader.parse(yaml, "test", folder, List.of());
        return ClusterSettings.of(config, folder, 9001);
    }
}
