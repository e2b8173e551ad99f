package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.alluvium.cli.chaos.ChaosOptions;
import org.alluvium.cli.chaos.ChaosRun;
import org.alluvium.cli.chaos.Progress;
import org.alluvium.cli.chaos.Report;
import org.alluvium.cli.chaos.plan.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest run of 'alluvium chaos' that has every kind of fault but takedowns, which take a longer one. */
class ChaosIT {

    private static final double MINUTES = 1.2;

    /** Its schedule kills a TaskManager, stops the JobManager, and starts ingest twice. */
    private static final long SEED = 13;

    @TempDir
    Path folder;

    @Test
    void whateverStrikesADeploymentItLosesAndRepeatsNothingAndLearnsWhatAnUndisturbedOneLearns() throws Exception {
        List<String> said = new ArrayList<>();
        Report report = new ChaosRun(new ChaosOptions(folder, MINUTES, SEED, 20, false), listener(said)).run();

        assertThat(report.claims()).as(String.join("\n", said)).allMatch(claim -> claim.holds());
        assertThat(report.recoveries().stream().map(recovery -> recovery.fault().kind()))
                .hasSameElementsAs(EnumSet.complementOf(EnumSet.of(FaultKind.TAKEDOWN)));
        assertThat(folder.resolve("chaos.md")).content().contains("Everything is proved.");
        assertThat(folder.resolve("deployment"))
                .as("nothing is kept of a success")
                .doesNotExist();
    }

    private static Progress listener(List<String> said) {
        return new Progress() {

            @Override
            public void begin(String work) {
                said.add(work);
            }

            @Override
            public void at(long done, long all) {
                said.add(done + " of " + all);
            }

            @Override
            public void say(String line) {
                said.add(line);
            }
        };
    }
}
