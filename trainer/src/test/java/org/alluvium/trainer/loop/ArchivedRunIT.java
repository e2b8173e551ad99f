package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.alluvium.broker.FaultProxy;
import org.alluvium.broker.FaultProxy.Fault;
import org.alluvium.broker.FaultProxy.Request;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.archive.ArchivedCheckpoint;
import org.alluvium.trainer.archive.RunArchive;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs in a bucket of a real server, and what processes, machines and the network do to them. Mostly they wait. */
@Execution(ExecutionMode.CONCURRENT)
class ArchivedRunIT {

    private static final int SIGTERM = 143;

    @TempDir
    private static Path shared;

    private static S3Server server;

    @TempDir
    private Path folder;

    private List<ShardRow> documents;
    private TestCorpus corpus;

    @BeforeAll
    static void startServer() throws IOException {
        server = S3Server.start(shared.resolve("s3"), "runs");
        Files.writeString(shared.resolve("secret"), S3Server.SECRET_KEY + "\n");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createCorpus() {
        corpus = TestRun.corpus(folder);
        documents = TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY);
    }

    private static String[] archivedBy(String endpoint, String prefix, String... more) {
        return Stream.concat(
                        Stream.of(
                                "train.archive=" + server.uri(prefix),
                                "s3.endpoint=" + endpoint,
                                "s3.pathStyle=true",
                                "s3.accessKey=" + S3Server.ACCESS_KEY,
                                "s3.secretKeyFile=" + shared.resolve("secret"),
                                "train.threads=2"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private TestRun undisturbed() {
        TestRun undisturbed = new TestRun(folder, "undisturbed", "train.threads=2");
        assertThat(undisturbed.trainTransformer()).isEqualTo(ExitCode.OK);
        return undisturbed;
    }

    private static void assertSameOutcome(TestRun actual, TestRun expected) throws IOException {
        assertThat(actual.layout().journal())
                .hasSameTextualContentAs(expected.layout().journal());
        assertThat(actual.newestWeights()).isEqualTo(expected.newestWeights());
    }

    private static long newestIn(TestRun run) {
        AlluviumConfig config = run.config("s3.endpoint=" + server.endpoint());
        try (RunArchive archive = RunArchive.open(
                config.train().archive().orElseThrow(), config.s3(), run.layout(), InstantSource.system())) {
            return archive.state()
                    .orElseThrow()
                    .newest()
                    .map(ArchivedCheckpoint::step)
                    .orElse(0L);
        }
    }

    private Process start(String name, String... settings) throws IOException {
        return TrainTestMain.process(folder, name, List.of("-XX:TieredStopAtLevel=1"), List.of(settings))
                .start();
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }

    @Test
    void aRunGoesOnFromItsBucketAloneAsIfNothingHadHappened() throws IOException, InterruptedException {
        corpus.commitCut(documents, 7, 13, 2);
        TestRun run = new TestRun(folder, "run", archivedBy(server.endpoint(), "lost"));
        run.trainTransformer("train.steps=6");
        AtomicDirectory.delete(run.layout().root());
        String cutOff = "lost/checkpoints/step-000000000009.0.9/model.safetensors";
        server.put(cutOff, "half".getBytes(StandardCharsets.UTF_8));

        assertThat(run.trainTransformer()).isEqualTo(ExitCode.OK);

        assertThat(run.event("resume").number("step", 0)).isEqualTo(6);
        assertSameOutcome(run, undisturbed());
        assertThat(shared.resolve("s3/data/runs").resolve(cutOff)).doesNotExist();
    }

    /** Lets requests pass up to the first of a kind, which waits until whoever sent it is dead. */
    private record Gate(Predicate<Request> kind, CountDownLatch reached, CountDownLatch open) {

        Gate(Predicate<Request> kind) {
            this(kind, new CountDownLatch(1), new CountDownLatch(1));
        }

        Fault pass(Request request) {
            if (!kind.test(request)) {
                return Fault.NONE;
            }
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Fault.RESET_BEFORE;
        }
    }

    private static boolean isManifest(Request request) {
        return request.method().equals("PUT") && request.target().contains(CheckpointManifest.NAME);
    }

    /** The entry that names a checkpoint. */
    private static Predicate<Request> entry() {
        AtomicBoolean uploaded = new AtomicBoolean();
        return request -> {
            uploaded.compareAndSet(false, isManifest(request));
            return uploaded.get() && request.conditional() && request.target().contains("/log/");
        };
    }

    /** Whatever comes after that entry. */
    private static Predicate<Request> afterEntry() {
        Predicate<Request> entry = entry();
        AtomicBoolean created = new AtomicBoolean();
        return request -> created.get() || (entry.test(request) && created.getAndSet(true));
    }

    @Test
    void trainersThatAreKilledWhileTheyUploadLeaveARunThatGoesOnWithItsFolderAndWithoutIt()
            throws IOException, InterruptedException {
        corpus.commitCut(documents, 7, 13, 2);
        try (FaultProxy proxy = new FaultProxy(server.endpoint())) {
            String[] settings = archivedBy(proxy.endpoint(), "killed", "train.checkpoint.every=10ms");
            TestRun run = new TestRun(folder, "run", settings);
            run.trainTransformer("train.steps=6");

            killAt(proxy, new Gate(ArchivedRunIT::isManifest), settings);
            assertThat(newestIn(run)).isEqualTo(6);
            AtomicDirectory.delete(run.layout().root());
            killAt(proxy, new Gate(entry()), settings);
            assertThat(newestIn(run)).isEqualTo(6);
            killAt(proxy, new Gate(afterEntry()), settings);
            assertThat(newestIn(run)).isGreaterThan(6);
            AtomicDirectory.delete(run.layout().root());
            assertThat(run.trainTransformer()).isEqualTo(ExitCode.OK);

            assertSameOutcome(run, undisturbed());
            assertThat(newestIn(run)).isEqualTo(run.newest().step());
        }
    }

    private void killAt(FaultProxy proxy, Gate gate, String... settings) throws IOException, InterruptedException {
        proxy.inject(gate::pass);
        Process trainer = start("run", settings);
        CompletableFuture<Void> ended = trainer.onExit().thenRun(gate.reached()::countDown);
        gate.reached().await();
        assertThat(trainer.isAlive()).as(log("run")).isTrue();
        trainer.destroyForcibly();
        ended.join();
        gate.open().countDown();
        proxy.inject(request -> Fault.NONE);
    }

    @Test
    void aTrainerThatIsToldToEndHasItsLastCheckpointInTheBucketFirst() throws IOException, InterruptedException {
        corpus.commit(false, documents.subList(0, 29));
        TestRun run = new TestRun(folder, "run", archivedBy(server.endpoint(), "told"));
        Process trainer = start("run", archivedBy(server.endpoint(), "told"));
        run.awaitEvent("waiting", "window incomplete");

        trainer.destroy();

        assertThat(trainer.waitFor()).as(log("run")).isEqualTo(SIGTERM);
        assertThat(newestIn(run)).isPositive().isEqualTo(run.newest().step());
    }

    @Test
    void aTrainerThatIsToldToEndWhileTheServiceIsSilentSaysThatItsArchiveLacksTheCheckpoint()
            throws IOException, InterruptedException {
        corpus.commit(false, documents.subList(0, 29));
        try (FaultProxy proxy = new FaultProxy(server.endpoint())) {
            String[] settings = archivedBy(proxy.endpoint(), "silent", "train.archiveWithin=100ms");
            TestRun run = new TestRun(folder, "run", settings);
            Process trainer = start("run", settings);
            run.awaitEvent("waiting", "window incomplete");
            proxy.inject(request -> Fault.SILENT_AFTER);

            trainer.destroy();

            assertThat(trainer.waitFor()).as(log("run")).isEqualTo(SIGTERM);
            assertThat(run.event("alert").text("what")).contains("the archive lacks the run's last checkpoint");
            assertThat(run.newest().step()).isPositive();
            assertThat(newestIn(run)).isZero();
        }
    }

    @Test
    void ofTwoTrainersWithOneBucketTheOlderOneEndsWithTheExitCodeForThat() throws IOException, InterruptedException {
        corpus.commit(false, documents.subList(0, 29));
        Process older = start("older", archivedBy(server.endpoint(), "taken"));
        new TestRun(folder, "older").awaitEvent("waiting", "window incomplete");
        TestRun run = new TestRun(folder, "newer", archivedBy(server.endpoint(), "taken"));
        CompletableFuture<ExitCode> newer = beside(run::trainTransformer);
        run.awaitEvent("waiting", "window incomplete");
        corpus.commit(true, documents.subList(29, documents.size()));

        assertThat(older.waitFor()).as(log("older")).isEqualTo(ExitCode.FENCED.code());
        assertThat(log("older")).contains("another trainer has taken over the archive");
        assertThat(newer.join()).isEqualTo(ExitCode.OK);
        assertSameOutcome(run, undisturbed());
        assertThat(newestIn(run)).isEqualTo(run.newest().step());
    }

    @Test
    void anOutageIsWaitedForByWhoBeginsAndNoticedByNobodyWhoTrains() throws IOException {
        corpus.commit(false, documents.subList(0, 29));
        try (FaultProxy proxy = new FaultProxy(server.endpoint())) {
            TestRun training = new TestRun(folder, "training", archivedBy(proxy.endpoint(), "training"));
            CompletableFuture<ExitCode> trained = beside(training::trainTransformer);
            training.awaitEvent("waiting", "window incomplete");
            proxy.inject(request -> Fault.RESET_BEFORE);
            corpus.commit(true, documents.subList(29, documents.size()));
            TestRun beginning = new TestRun(folder, "beginning", archivedBy(proxy.endpoint(), "beginning"));
            CompletableFuture<ExitCode> begun = beside(beginning::trainTransformer);
            TestRun impatient = new TestRun(
                    folder, "impatient", archivedBy(proxy.endpoint(), "beginning", "train.archivePatience=1ms"));

            assertThatThrownBy(impatient::trainTransformer)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("take over the archive");
            assertThat(beginning.awaitEvent("waiting").text("reason")).contains("for the archive");
            assertThat(training.awaitEvent("alert").text("what")).contains("the archive falls behind");
            assertThat(training.newest().step()).isPositive(); // the last one, while nothing was served
            assertThat(newestIn(training)).isZero();
            proxy.injectAtRandom(
                    20261123,
                    4,
                    Fault.ERROR_BEFORE,
                    Fault.ERROR_AFTER,
                    Fault.RESET_BEFORE,
                    Fault.RESET_AFTER,
                    Fault.SLOW_DOWN,
                    Fault.CUT,
                    Fault.TRICKLE);

            assertThat(trained.join()).isEqualTo(ExitCode.OK);
            assertThat(begun.join()).isEqualTo(ExitCode.OK);
            TestRun undisturbed = undisturbed();
            for (TestRun run : List.of(training, beginning)) {
                assertSameOutcome(run, undisturbed);
                assertThat(newestIn(run)).isEqualTo(run.newest().step());
            }
        }
    }

    private static CompletableFuture<ExitCode> beside(Supplier<ExitCode> run) {
        return CompletableFuture.supplyAsync(
                run, task -> Thread.ofPlatform().daemon().start(task));
    }
}
