package org.alluvium.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkHomeTest {

    @TempDir
    private Path installation;

    @Test
    void aCheckoutHasWhatItsBuildHasMade() throws IOException {
        touch("cluster/target/flink/lib/flink-runtime.jar");
        touch("flink-jobs/target/alluvium-flink-jobs-1.0.jar");
        Path jar = touch("flink-jobs/target/alluvium-flink-jobs-1.0-job.jar");

        assertThat(FlinkHome.in(installation).folder()).isEqualTo(installation.resolve("cluster/target/flink"));
        assertThat(FlinkHome.jobJar(installation)).isEqualTo(jar);
    }

    @Test
    void aDistributionBringsBoth() throws IOException {
        touch("flink/lib/flink-runtime.jar");
        Path jar = touch("flink/usrlib/alluvium-ingest.jar");

        assertThat(FlinkHome.in(installation).folder()).isEqualTo(installation.resolve("flink"));
        assertThat(FlinkHome.jobJar(installation)).isEqualTo(jar);
    }

    @Test
    void whereNothingWasBuiltItIsSaidHowToGetIt() throws IOException {
        assertThatThrownBy(() -> FlinkHome.in(installation))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll(installation.toString(), "./alluvium dist");
        assertThatThrownBy(() -> FlinkHome.jobJar(installation))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("--jar");
        Files.createDirectories(installation.resolve("flink-jobs/target"));
        assertThatThrownBy(() -> FlinkHome.jobJar(installation)).isInstanceOf(UnavailableException.class);
    }

    private Path touch(String name) throws IOException {
        Path file = installation.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
