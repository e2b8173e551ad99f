package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link GoldenSavepoint#make} when a release is cut, and never otherwise. */
@EnabledIfSystemProperty(named = "golden.target", matches = ".+")
class GoldenSavepointMakerTest {

    @TempDir
    Path work;

    @Test
    void makesTheSavepointOfThisRelease() throws Exception {
        Path target = Path.of(System.getProperty("golden.target"));
        assertThat(target).doesNotExist();

        GoldenSavepoint.make(work, Files.createDirectories(target));

        assertThat(target.resolve(GoldenSavepoint.SAVEPOINT).resolve("_metadata"))
                .exists();
    }
}
