package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a sweep at many moments, and the same command again: what comes out is what a sweep that nobody killed has. */
class SweepIT {

    /** More by {@code -Dalluvium.kills}. */
    private static final int KILLS = Integer.getInteger("alluvium.kills", 2);

    private static final long SEED = 20261122;
    private static final int STEPS = 25;
    private static final String KEY = "train.optimizer.learningRate";
    private static final List<String> RATES = List.of("1e-3", "3e-3");
    private static final String YAML = """
            corpus: { dir: corpus }
            model: { preset: tiny, context: 64 }
            train:
              steps: %d
              batch: 4
              accumulate: 2
              shuffleWindow: 32
              optimizer: { warmupSteps: 5 }
              eval: { heldOutPermille: 500, everySteps: 10, sampleEverySteps: 0, heldOutDocuments: 20 }
              checkpoint: { every: 50ms, permanentEverySteps: 10 }
            """.formatted(STEPS);

    @TempDir
    private Path folder;

    @Test
    void killsAtManyMomentsChangeNothingThatTheReportCompares() throws IOException {
        Deployment undisturbed = Deployment.create(folder.resolve("undisturbed"), YAML);
        NumberedCorpus.write(ConfigLoader.load(undisturbed.root().resolve("alluvium.yaml"), List.of()), 3000);
        finish(undisturbed);
        List<String> expected = results(undisturbed);
        long written = journalBytes(undisturbed);

        Deployment killed = Deployment.create(folder.resolve("killed"), YAML);
        killed.shareCorpus(undisturbed);
        Random random = new Random(SEED);
        for (int i = 1; i <= KILLS; i++) {
            long moment = written * i / (KILLS + 1) + random.nextInt(1000);
            try (Child sweep = start(killed)) {
                Deployment.await("the journals are so long", () -> journalBytes(killed) >= moment, sweep);
            }
        }
        finish(killed);

        assertThat(results(killed)).isEqualTo(expected);
        assertThat(comparable(killed)).isEqualTo(comparable(undisturbed));
    }

    private static void finish(Deployment deployment) {
        try (Child sweep = start(deployment)) {
            assertThat(sweep.exitCode()).as(sweep.tail()).isZero();
        }
    }

    private static Child start(Deployment deployment) {
        String out = deployment.root().resolve("sweep").toString();
        return deployment.start("sweep", "--grid", KEY + "=" + String.join(",", RATES), out);
    }

    /** The report without its columns of time. */
    private static List<String> comparable(Deployment deployment) throws IOException {
        List<String> lines =
                Files.readAllLines(deployment.root().resolve("sweep").resolve("report.csv"));
        assertThat(lines.getFirst()).contains(",tokens,seconds,tokensPerSecond,trainBitsPerByte,");
        return lines.stream()
                .map(line -> line.replaceFirst("^((?:[^,]*,){4})[^,]*,[^,]*,", "$1"))
                .toList();
    }

    /** Digests of the journals and of the weights that came out. */
    private static List<String> results(Deployment deployment) {
        String weights = "checkpoints/step-%012d/model.safetensors".formatted(STEPS);
        return runs(deployment)
                .flatMap(run -> Stream.of(run.resolve("journal.jsonl"), run.resolve(weights)))
                .map(Deployment::digest)
                .toList();
    }

    private static long journalBytes(Deployment deployment) {
        return runs(deployment)
                .map(run -> run.resolve("journal.jsonl").toFile())
                .mapToLong(File::length)
                .sum();
    }

    private static Stream<Path> runs(Deployment deployment) {
        return RATES.stream()
                .map(rate -> deployment.root().resolve("sweep/runs").resolve(KEY + "=" + rate));
    }
}
