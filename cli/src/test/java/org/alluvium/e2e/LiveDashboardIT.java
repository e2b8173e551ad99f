package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page in a real browser while documents flow and a model learns from them: the tests of {@code dashboard/ui/live}, which
 * also kill the dashboard, and stop the trainer at last. They need npm and a Chromium; without them this is skipped.
 */
class LiveDashboardIT {

    private static final TestCorpus CORPUS = new TestCorpus(100_000, 100, 20261122);
    private static final Path UI =
            Path.of("..", "dashboard", "ui").toAbsolutePath().normalize();
    private static final Pattern ADDRESS = Pattern.compile("the dashboard is at http://[^:]+:(\\d+)/");

    /** Fewer tokens than this before the trainer, and more is published. */
    private static final long NEAR_TOKENS = 50_000;

    @TempDir
    private Path folder;

    private int published;

    @Test
    void peopleSeeARunAsItHappens() throws IOException {
        assumeTrue(hasBrowser(), "there is no Chromium on the path");
        assumeTrue(Files.isDirectory(UI.resolve("node_modules")), "the pages were not built by npm");
        Deployment deployment = Deployment.create(folder.resolve("deployment"), yaml());
        Path report = folder.resolve("browser.log");
        try (Child ingest = deployment.start("ingest");
                Child train = deployment.start("train");
                Child dashboard = deployment.start("dashboard", "--port", "0")) {
            feedUntil(deployment, () -> deployment.trainEvents("checkpoint").size() >= 2, ingest, train, dashboard);
            String port = port(dashboard);
            Process tests = startTests(port, dashboard, train, report);
            feedUntil(deployment, () -> !dashboard.process().isAlive() || !tests.isAlive());
            try (Child again = deployment.start("dashboard", "--port", port)) {
                feedUntil(deployment, () -> !tests.isAlive());
                assertThat(tests.exitValue()).as(Files.readString(report)).isZero();
                assertThat(again.process().isAlive()).as(again.tail()).isTrue();
            } finally {
                tests.destroy();
            }
            assertThat(ingest.process().isAlive()).as(ingest.tail()).isTrue();
        }
    }

    /** Publishes file after file, whenever the trainer comes near the end of what there is. */
    private void feedUntil(Deployment deployment, BooleanSupplier over, Child... needed) {
        while (!over.getAsBoolean()) {
            CORPUS.publish(deployment.inbox(), published++);
            long before = tokens(deployment);
            Deployment.await(
                    "more was learned from",
                    () -> over.getAsBoolean() || (tokens(deployment) > before && isNear(deployment)),
                    needed);
        }
    }

    private static long tokens(Deployment deployment) {
        return deployment
                .newestTrainEvent("step")
                .map(step -> step.get("tokens").asLong())
                .orElse(-1L);
    }

    private static boolean isNear(Deployment deployment) {
        return deployment
                .newestTrainEvent("step")
                .map(step -> step.get("lagTokens").asLong() < NEAR_TOKENS)
                .orElse(true);
    }

    private static String port(Child dashboard) throws IOException {
        Deployment.await("the dashboard listens", () -> address(dashboard).isPresent(), dashboard);
        return address(dashboard).orElseThrow();
    }

    private static Optional<String> address(Child dashboard) {
        return ADDRESS.matcher(dashboard.tail())
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst();
    }

    private static Process startTests(String port, Child dashboard, Child train, Path report) throws IOException {
        ProcessBuilder npm = new ProcessBuilder("npm", "run", "live")
                .directory(UI.toFile())
                .redirectErrorStream(true)
                .redirectOutput(report.toFile());
        npm.environment().put("DASHBOARD_URL", "http://localhost:" + port + "/");
        npm.environment().put("DASHBOARD_PID", Long.toString(dashboard.process().pid()));
        npm.environment().put("TRAINER_PID", Long.toString(train.process().pid()));
        npm.environment().put("NO_COLOR", "1");
        return npm.start();
    }

    private static boolean hasBrowser() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .anyMatch(Files::isExecutable);
    }

    private static String yaml() {
        return """
                corpus:
                  dir: corpus
                sources:
                  - name: river
                    path: inbox
                ingest:
                  checkpointInterval: 300ms
                  discoveryInterval: 100ms
                model:
                  preset: tiny
                  context: 64
                train:
                  run: run
                  steps: 0
                  batch: 8
                  accumulate: 4
                  shuffleWindow: 32
                  threads: 1
                  eval:
                    everySteps: 50
                    sampleEverySteps: 0
                  checkpoint:
                    every: 2s
                    permanentEverySteps: 100
                """;
    }
}
