package org.alluvium.cli.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

    private static final Path HOME = Path.of("/alluvium");

    @Test
    void theOptionsOfACommandOverrideThoseOfAnSdk() {
        JavaCommand java = new JavaCommand(Path.of("/jdk"), HOME, "a.jar", List.of("@/sdk/tornado.options"));
        assertThat(java.supervised("train", Path.of("/logs"), List.of("--config", "a.yaml")))
                .startsWith("/jdk/bin/java", "@/sdk/tornado.options", "@/alluvium/bin/jvm/train.options")
                .endsWith("-cp", "a.jar", "org.alluvium.cli.Main", "train", "--config", "a.yaml");
    }

    @Test
    void withoutAnAcceleratorThereAreOnlyTheOptionsOfTheCommand() {
        assertThat(new JavaCommand(Path.of("/jdk"), HOME, "a.jar").supervised("ingest", Path.of("/logs"), List.of()))
                .startsWith("/jdk/bin/java", "@/alluvium/bin/jvm/ingest.options");
    }
}
