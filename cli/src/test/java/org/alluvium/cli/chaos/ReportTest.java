package org.alluvium.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.alluvium.cli.chaos.plan.Fault;
import org.alluvium.cli.chaos.plan.FaultKind;
import org.alluvium.cli.chaos.plan.Target;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.chaos.proof.Recovery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path folder;

    @Test
    void theReportNamesWhatSpeaksAgainstAClaimForPeopleAndPrograms() throws IOException {
        Report report = report(Claim.unless("nothing is missing", "3 rows", List.of("d-1", "d-2")));
        report.write(folder);

        assertThat(report.proved()).isFalse();
        assertThat(Files.readString(folder.resolve("chaos.md")))
                .contains("**Not everything is proved.**", "| **NO** | nothing is missing | 3 rows", "- d-1\n- d-2\n");
        assertThat(json().get("proved").asBoolean()).isFalse();
        assertThat(json().get("claims").get(0).get("ids").get(1).asText()).isEqualTo("d-2");
    }

    @Test
    void timesToRecoverAreToldOfEachKindAndOfWhatItStrikes() throws IOException {
        Report report = report(Claim.unless("nothing is missing", "3 rows", List.of()));
        report.write(folder);

        assertThat(report.proved()).isTrue();
        assertThat(report.markdown())
                .contains(
                        "| kill -9 | 2 | 3.0 | 4.0 | 5.0 | 6.0 | 5.0 | 6.0 | 6.0 |",
                        "| kill -9: broker | 1 | 3.0 | 3.0 | 5.0 | 5.0 | 5.0 | 5.0 | 5.0 |");
        assertThat(json().get("recoverySeconds").get("kill -9").get("p95").asDouble())
                .isEqualTo(6);
        assertThat(json().get("faults").get(1).get("target").asText()).isEqualTo("jobmanager");
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("chaos.json").toFile());
    }

    private Report report(Claim claim) {
        return new Report(
                new ChaosOptions(folder, 2, 7, 20, false),
                120,
                Map.of("rows", 3L),
                List.of(killed(1, Target.BROKER, 3, 5), killed(2, Target.JOB_MANAGER, 4, 6)),
                List.of(claim));
    }

    private static Recovery killed(int number, Target target, double commit, double step) {
        Fault fault = new Fault(number, FaultKind.KILL, target, Duration.ZERO, Duration.ZERO, false, 0);
        return new Recovery(
                fault, number, OptionalDouble.of(commit), OptionalDouble.of(step), OptionalDouble.empty(), List.of());
    }
}
