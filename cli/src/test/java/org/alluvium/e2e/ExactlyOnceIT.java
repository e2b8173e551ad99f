package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise: whatever is killed, and whenever, the model that comes out is, bit for bit, the one of a run that nobody
 * disturbed.
 */
class ExactlyOnceIT {

    private static final TestCorpus CORPUS = new TestCorpus(24, 40, 20261122);
    private static final long STEPS = 60;
    private static final long SEED = 4711;

    /** Of each kind of process in each test; more by {@code -Dalluvium.kills}, for an hour in which nobody waits. */
    private static final int KILLS = Integer.getInteger("alluvium.kills", 3);

    @TempDir
    static Path folder;

    /** One undisturbed run with ordered ingest and one trainer thread: what every other run is compared with. */
    private static Deployment undisturbed;

    @BeforeAll
    static void runUndisturbed() {
        undisturbed = Deployment.create(folder.resolve("undisturbed"), yaml(1, 1));
        publish(undisturbed, 0, CORPUS.files());
        try (Child ingest = undisturbed.start("ingest");
                Child train = undisturbed.start("train")) {
            Deployment.await("all was read", () -> everythingIsRead(undisturbed), ingest);
            assertThat(train.exitCode()).as(train.tail()).isZero();
            ingest.terminate();
        }
    }

    @Test
    void theUndisturbedRunAccountsForEveryLineInTheOrderOfTheInput() {
        TestCorpus.Expected expected = CORPUS.expected();
        assertThat(funnel(undisturbed, "accepted"))
                .isEqualTo(expected.acceptedIds().size());
        assertThat(funnel(undisturbed, "duplicates")).isEqualTo(expected.duplicates());
        assertThat(undisturbed.recordsRead()).isEqualTo((long) CORPUS.files() * CORPUS.linesPerFile());

        assertThat(undisturbed.acceptedIds()).isEqualTo(expected.acceptedIds());
        assertThat(expected.acceptedIds()).containsAll(undisturbed.trainedIds());
        assertThat(undisturbed.lastStep()).isEqualTo(STEPS);
    }

    @Test
    void killsOfIngestAndTrainerAtRandomMomentsChangeNoBitOfTheOrderedRun() throws IOException {
        Deployment disturbed = Deployment.create(folder.resolve("disturbed"), yaml(1, 2));
        int kills = runWithKills(disturbed, new Random(SEED), KILLS, KILLS);

        assertThat(kills).isEqualTo(2 * KILLS);
        assertThat(disturbed.trainedIds()).isEqualTo(undisturbed.trainedIds());
        assertThat(weights(disturbed)).isEqualTo(weights(undisturbed));
    }

    @Test
    void tasksThatFailInsideTheCommitWindowLoseAndRepeatNothing() throws IOException {
        Deployment failing = Deployment.create(folder.resolve("failing"), yaml(1, 1));
        try (Child ingest = failing.launch("org.alluvium.flink.job.FailingIngestMain", "ingest");
                Child train = failing.start("train")) {
            for (int file = 0; file < CORPUS.files(); file++) {
                // File by file, so that every failure finds something in flight.
                long readBefore = failing.recordsRead();
                publish(failing, file, file + 1);
                Deployment.await("a file was read", () -> failing.recordsRead() > readBefore, ingest);
            }
            Deployment.await("all was read", () -> everythingIsRead(failing), ingest);
            assertThat(train.exitCode()).as(train.tail()).isZero();
            Deployment.await("every point has failed", () -> attempts(failing) >= 5, ingest);
            ingest.terminate();
        }
        assertThat(attempts(failing)).as("one fence for each attempt").isEqualTo(5);
        assertThat(failing.trainedIds()).isEqualTo(undisturbed.trainedIds());
        assertThat(weights(failing)).isEqualTo(weights(undisturbed));
    }

    private static long attempts(Deployment deployment) {
        return deployment.logEntries().stream()
                .filter(entry -> entry.get("kind").asText().equals("fence"))
                .count();
    }

    @Test
    void withParallelIngestEveryDocumentIsThereOnceAndKilledTrainersAgreeOnTheLogThatCameOut() throws IOException {
        Deployment parallel = Deployment.create(folder.resolve("parallel"), yaml(2, 1));
        int kills = runWithKills(parallel, new Random(SEED + 1), KILLS, 0);
        assertThat(kills).isEqualTo(KILLS);
        // Of equal texts either may come first now, so it is texts that must be there once each.
        assertThat(textsOf(parallel.acceptedIds()))
                .containsExactlyInAnyOrderElementsOf(textsOf(CORPUS.expected().acceptedIds()));
        List<String> trained = parallel.trainedIds();
        assertThat(parallel.acceptedIds()).containsAll(trained);

        Deployment again = Deployment.create(
                folder.resolve("parallel-again"), yaml(2, 2, parallel.root().resolve("corpus")));
        killTrainerWhileItWorks(again, new Random(SEED + 2), KILLS);
        assertThat(again.trainedIds()).isEqualTo(trained);
        assertThat(weights(again)).isEqualTo(weights(parallel));
    }

    /** Feeds the corpus file by file while processes die; ends when all is read and the trainer has made its steps. */
    private static int runWithKills(Deployment deployment, Random random, int ingestKills, int trainerKills) {
        List<String> victims = new ArrayList<>(Collections.nCopies(ingestKills, "ingest"));
        victims.addAll(Collections.nCopies(trainerKills, "train"));
        Collections.shuffle(victims, random);
        int published = 0;
        Child ingest = deployment.start("ingest");
        Child train = deployment.start("train");
        for (int i = 0; i < victims.size(); i++) {
            int until = CORPUS.files() * (i + 1) / (victims.size() + 1);
            publish(deployment, published, until);
            published = until;
            if (victims.get(i).equals("ingest")) {
                killIngest(deployment, ingest, random);
                ingest = deployment.start("ingest");
            } else {
                killTrainer(deployment, train, random);
                train = deployment.start("train");
            }
        }
        publish(deployment, published, CORPUS.files());
        try (Child lastIngest = ingest;
                Child lastTrain = train) {
            Deployment.await("all was read", () -> everythingIsRead(deployment), lastIngest);
            assertThat(lastTrain.exitCode()).as(lastTrain.tail()).isZero();
            lastIngest.terminate();
        }
        return victims.size();
    }

    /** Lets ingest come up and do something, then kills it at a random moment: between, before or inside commits. */
    private static void killIngest(Deployment deployment, Child ingest, Random random) {
        int before = deployment.logEntries().size();
        Deployment.await(
                "ingest wrote to the log", () -> deployment.logEntries().size() > before, ingest);
        Deployment.pause(random.nextInt(900));
        ingest.kill();
    }

    /** Kills the trainer at a random moment, or while a checkpoint is being written. */
    private static void killTrainer(Deployment deployment, Child train, Random random) {
        if (random.nextBoolean()) {
            Deployment.await("a checkpoint is being written", () -> isWritingCheckpoint(deployment), train);
            Deployment.pause(random.nextInt(25));
        } else {
            Deployment.pause(500 + random.nextInt(2500));
        }
        train.kill();
    }

    private static void killTrainerWhileItWorks(Deployment deployment, Random random, int kills) {
        for (int i = 0; i < kills; i++) {
            try (Child train = deployment.start("train")) {
                long before = deployment.lastStep();
                Deployment.await(
                        "another step",
                        () -> deployment.lastStep() > before || !train.process().isAlive());
                Deployment.pause(random.nextInt(800));
            }
        }
        try (Child train = deployment.start("train")) {
            assertThat(train.exitCode()).as(train.tail()).isZero();
        }
    }

    private static boolean isWritingCheckpoint(Deployment deployment) {
        if (!Files.isDirectory(deployment.checkpoints())) {
            return false;
        }
        try (Stream<Path> entries = Files.list(deployment.checkpoints())) {
            return entries.anyMatch(path -> path.getFileName().toString().startsWith(".tmp-"));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // the folder changes under the listing; the next look will tell
        }
    }

    private static boolean everythingIsRead(Deployment deployment) {
        return deployment.recordsRead() == (long) CORPUS.files() * CORPUS.linesPerFile();
    }

    private static long funnel(Deployment deployment, String key) {
        return deployment.logEntries().stream()
                .filter(entry -> entry.has("funnel"))
                .mapToLong(entry -> entry.get("funnel").get(key).asLong())
                .sum();
    }

    private static List<String> textsOf(List<String> ids) {
        return ids.stream().map(CORPUS::textOf).toList();
    }

    private static byte[] weights(Deployment deployment) throws IOException {
        return Files.readAllBytes(
                deployment.checkpoints().resolve("step-%012d".formatted(STEPS)).resolve("model.safetensors"));
    }

    private static void publish(Deployment deployment, int from, int until) {
        for (int file = from; file < until; file++) {
            CORPUS.publish(deployment.inbox(), file);
        }
    }

    private static String yaml(int parallelism, int threads) {
        return yaml(parallelism, threads, Path.of("corpus"));
    }

    private static String yaml(int parallelism, int threads, Path corpus) {
        return """
                corpus:
                  dir: %s
                sources:
                  - name: river
                    path: inbox
                ingest:
                  parallelism: %d
                  checkpointInterval: 300ms
                  discoveryInterval: 100ms
                model:
                  preset: tiny
                  context: 64
                train:
                  run: run
                  seed: 7
                  steps: %d
                  batch: 4
                  accumulate: 2
                  shuffleWindow: 32
                  threads: %d
                  optimizer:
                    warmupSteps: 5
                  eval:
                    everySteps: 0
                    sampleEverySteps: 0
                  checkpoint:
                    every: 300ms
                    permanentEverySteps: 20
                """.formatted(corpus, parallelism, STEPS, threads);
    }
}
