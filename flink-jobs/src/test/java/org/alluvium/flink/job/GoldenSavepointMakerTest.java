package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link GoldenSavepoint#make} when a release is cut, and never otherwise. */
@EnabledIfSystemProperty(named = "golden.target", matches = ".+")
class GoldenSavepointMakerTest {

    @TempDir
    Path work;

    @Test
    void makesTheSavepointsOfThisRelease() throws Exception {
        Path plain = Path.of(System.getProperty("golden.target"));
        Path full = plain.resolveSibling(plain.getFileName() + "-every-option");
        for (Path target : List.of(plain, full)) {
            if (!Files.exists(target)) { // a released one never changes
                String[] options = target.equals(full) ? GoldenSavepoint.EVERY_OPTION : new String[0];
                GoldenSavepoint.make(
                        work.resolve(target.getFileName().toString()), Files.createDirectories(target), options);
            }
            assertThat(target.resolve(GoldenSavepoint.SAVEPOINT).resolve("_metadata"))
                    .exists();
        }
    }
}
