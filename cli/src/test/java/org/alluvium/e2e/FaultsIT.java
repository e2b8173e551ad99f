package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is missing, damaged or does not belong together, a process says it in one line, ends with the code that stands
 * for it, and leaves corpus and run as they were. Each test damages a copy of one small corpus and the run trained on it.
 */
class FaultsIT {

    private static final TestCorpus CORPUS = new TestCorpus(4, 40, 20261122);
    private static final long STEPS = 12;

    /** A field that no SentencePiece model has, number 100: the same pieces, but another file. */
    private static final byte[] UNKNOWN_FIELD = {(byte) 0xa0, 0x06, 0x01};

    @TempDir
    static Path folder;

    private static Deployment whole;

    @BeforeAll
    static void makeCorpusAndRun() {
        whole = Deployment.create(folder.resolve("whole"), yaml());
        try (Child ingest = whole.start("ingest")) {
            for (int file = 0; file < CORPUS.files(); file++) {
                CORPUS.publish(whole.inbox(), file);
                // File by file, so that the log has a commit for each.
                long expected = (file + 1L) * CORPUS.linesPerFile();
                Deployment.await("the file was read", () -> whole.recordsRead() == expected, ingest);
            }
            ingest.terminate();
        }
        try (Child train = whole.start("train")) {
            assertThat(train.exitCode()).as(train.tail()).isZero();
        }
    }

    @Test
    void aConfigurationThatIsNoneIsRefusedWithItsLine() throws IOException {
        Deployment deployment = copy("garbage");
        Path yaml = deployment.root().resolve("alluvium.yaml");
        Files.writeString(yaml, "corpus:\n  dir: corpus\nsources: [{name: river, path: inbox}\ntrain: }{\n");
        assertThat(refused(deployment, ExitCode.CONFIG, "ingest")).contains(yaml + ":4:");
        Files.writeString(yaml, "corpus:\n  dir: corpus\ntrain:\n  stepz: 3\n");
        assertThat(refused(deployment, ExitCode.CONFIG, "train"))
                .contains(yaml + ":4")
                .contains("steps");
    }

    @Test
    void aSourceThatIsNotThereIsNamed() {
        Deployment deployment = copy("no-source");
        Path inbox = deployment.inbox();
        inbox.toFile().renameTo(deployment.root().resolve("elsewhere").toFile());
        assertThat(refused(deployment, ExitCode.CONFIG, "ingest"))
                .contains("river")
                .contains("the folder " + inbox + " does not exist. Create it, or correct the path");
    }

    @Test
    void aCorpusWhoseDiskIsNotThereIsNotBegunAnew() {
        Deployment deployment = copy("no-disk");
        Path disk = deployment.root().resolve("disk");
        for (String command : List.of("ingest", "train")) {
            assertThat(refused(deployment, ExitCode.STORAGE, command, "--set", "corpus.dir=" + disk.resolve("corpus")))
                    .contains(disk.toString())
                    .contains("no such file or folder")
                    .contains("that its disk is mounted");
        }
        assertThat(disk).doesNotExist();
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefused() {
        Deployment deployment = copy("second");
        String pid = "process " + ProcessHandle.current().pid();
        try (ProcessLock _ = ProcessLock.acquire(deployment.root().resolve("corpus/ingest.lock"), "ingest");
                ProcessLock _ = ProcessLock.acquire(deployment.root().resolve("run/train.lock"), "train")) {
            assertThat(refused(deployment, ExitCode.UNAVAILABLE, "ingest"))
                    .contains(pid + " ingest is already at work");
            assertThat(refused(deployment, ExitCode.UNAVAILABLE, "train")).contains(pid + " train is already at work");
        }
    }

    @Test
    void aDamagedShardIsRefusedByNameAndDigest() throws IOException {
        Deployment deployment = copy("shard");
        Path shard = deployment.root().resolve("corpus").resolve(firstShard(deployment));
        flipByte(shard, Files.size(shard) / 2);
        assertThat(refused(deployment, ExitCode.DATA, "train", anew(deployment)))
                .contains(shard.toString())
                .contains("SHA-256")
                .contains("Restore it from a copy");
        assertThat(deployment.ask("corpus", "verify").code()).isEqualTo(ExitCode.DATA.code());
    }

    @Test
    void aDamagedLogEntryIsRefusedByEveryProcess() throws IOException {
        Deployment deployment = copy("entry");
        int last = deployment.logEntries().size() - 1;
        for (int sequence : List.of(1, last)) {
            flipByte(logEntry(deployment, sequence), 200);
        }
        assertThat(refused(deployment, ExitCode.DATA, "ingest")).contains(name(last), "damaged", "Restore the file");
        flipByte(logEntry(deployment, last), 200); // as it was: a trainer looks at the end first, for takedowns
        assertThat(refused(deployment, ExitCode.DATA, "train", anew(deployment)))
                .contains(name(1), "damaged", "Restore the file");
        assertThat(deployment.ask("corpus", "verify").code()).isEqualTo(ExitCode.DATA.code());
        assertThat(deployment.ask("corpus", "stats").code()).isEqualTo(ExitCode.DATA.code());
    }

    @Test
    void aMissingLogEntryIsNeitherWaitedForNorWrittenAgain() throws IOException {
        Deployment deployment = copy("gap");
        Files.delete(logEntry(deployment, 1));
        assertThat(refused(deployment, ExitCode.DATA, "train", anew(deployment)))
                .contains(name(1), "is missing");
        assertThat(deployment.ask("corpus", "verify").code()).isEqualTo(ExitCode.DATA.code());

        // The newest entry alone would be published again, out of the ingest job's state.
        int last = whole.logEntries().size() - 1;
        Files.delete(logEntry(deployment, last));
        Files.delete(logEntry(deployment, last - 1));
        assertThat(refused(deployment, ExitCode.MISMATCH, "ingest"))
                .contains("the shard log ends at entry " + (last - 2), "put its files back");
    }

    @Test
    void anotherVocabularyIsRefusedWithBothDigests() throws IOException {
        Deployment deployment = copy("vocabulary");
        Path model = deployment.root().resolve("other.model");
        Files.copy(checkpoint(deployment, STEPS).resolve("tokenizer.model"), model);
        String before = Deployment.digest(model);
        Files.write(model, UNKNOWN_FIELD, StandardOpenOption.APPEND);
        String after = Deployment.digest(model);
        String other = "tokenizer.model=" + model;
        assertThat(refused(deployment, ExitCode.MISMATCH, "train", "--set", other))
                .contains("step-")
                .contains(before)
                .contains(after);
        assertThat(refused(deployment, ExitCode.MISMATCH, "ingest", "--set", other))
                .contains("differ in tokenizer.model", "corpus.family")
                .contains(before)
                .contains(after);
    }

    @Test
    void aDamagedCheckpointIsSetAsideAndTheOneBeforeItLeadsToTheSameWeights() throws IOException {
        Deployment deployment = copy("checkpoint");
        Path weights = checkpoint(deployment, STEPS).resolve("model.safetensors");
        flipByte(weights, Files.size(weights) / 2);
        try (Child train = deployment.start("train")) {
            assertThat(train.exitCode()).as(train.tail()).isZero();
            assertThat(train.tail()).contains("damaged, set aside as damaged-step-");
        }
        assertThat(deployment.trainEvents("resume").toString()).contains("damaged, set aside");
        assertThat(weights).hasSameBinaryContentAs(checkpoint(whole, STEPS).resolve("model.safetensors"));
        assertThat(deployment.trainedIds()).isEqualTo(whole.trainedIds());
    }

    @Test
    void withoutAnyWholeCheckpointTheRunIsNotBegunAnew() throws IOException {
        Deployment deployment = copy("checkpoints");
        try (Stream<Path> checkpoints = Files.list(deployment.checkpoints())) {
            for (Path checkpoint : checkpoints.toList()) {
                flipByte(checkpoint.resolve("optimizer.safetensors"), 4000);
            }
        }
        assertThat(refused(deployment, ExitCode.DATA, "train"))
                .contains("none of")
                .contains("optimizer.safetensors")
                .contains("Restore one from a copy");
        assertThat(deployment
                        .ask(
                                "checkpoint",
                                "verify",
                                "--run",
                                deployment.root().resolve("run").toString())
                        .code())
                .isEqualTo(ExitCode.DATA.code());
    }

    @Test
    void aJournalThatWasCutIsLeftAsItIs() throws IOException {
        Deployment deployment = copy("journal");
        Path journal = deployment.root().resolve("run/journal.jsonl");
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.setLength(file.length() * 2 / 3);
        }
        assertThat(refused(deployment, ExitCode.DATA, "train"))
                .contains(journal.toString())
                .contains("Restore the journal");
    }

    @Test
    void aFullDiskEndsIngestAndOnceThereIsRoomNothingIsLostOrRepeated() {
        Deployment deployment = Deployment.create(folder.resolve("full-corpus"), yaml());
        try (SmallDisk disk = SmallDisk.mount(deployment.root().resolve("corpus/shards"))) {
            try (Child ingest = deployment.start("ingest")) {
                CORPUS.publish(deployment.inbox(), 0);
                Deployment.await("the file was read", () -> deployment.recordsRead() > 0, ingest);
                disk.fill();
                CORPUS.publish(deployment.inbox(), 1);
                assertThat(ingest.exitCode()).as(ingest.tail()).isEqualTo(ExitCode.STORAGE.code());
                assertThat(ingest.complaint())
                        .contains(disk.folder().toString(), "No space left on device", "Check the space");
            }
            disk.free();
            try (Child ingest = deployment.start("ingest")) {
                CORPUS.publish(deployment.inbox(), 2);
                CORPUS.publish(deployment.inbox(), 3);
                long all = (long) CORPUS.files() * CORPUS.linesPerFile();
                Deployment.await("all was read", () -> deployment.recordsRead() == all, ingest);
                ingest.terminate();
            }
            assertThat(deployment.acceptedIds()).isEqualTo(CORPUS.expected().acceptedIds());
            assertThat(deployment.ask("corpus", "verify").code()).isZero();
        }
    }

    @Test
    void aFullDiskCostsCheckpointsAndNotTheRun() {
        Deployment deployment = fresh("full-checkpoints");
        try (SmallDisk disk = SmallDisk.mount(deployment.checkpoints(), 1 << 20)) {
            // More steps than there is data for: it waits, instead of ending, when it has learned everything.
            try (Child train = deployment.start("train", "--set", "train.steps=1000")) {
                Deployment.await(
                        "a checkpoint failed",
                        () -> !deployment.trainEvents("alert").isEmpty(),
                        train);
                Deployment.await("training went on", () -> deployment.lastStep() > STEPS, train);
                disk.free();
                train.terminate();
                assertThat(train.tail()).contains("WARN: ", "No space left on device", "training goes on");
            }
            assertThat(checkpoint(deployment, deployment.lastStep())).isDirectory();
            assertThat(deployment
                            .ask(
                                    "checkpoint",
                                    "verify",
                                    "--run",
                                    deployment.root().resolve("run").toString())
                            .code())
                    .isZero();
        }
    }

    @Test
    void aDiskTooFullForTheJournalEndsTheTrainerAndOnceThereIsRoomTheWeightsAreTheSame() {
        Deployment deployment = fresh("full-run");
        // Events have room, so that it is the journal alone that finds none.
        try (SmallDisk disk = SmallDisk.mount(deployment.root().resolve("run"), 2 << 12);
                SmallDisk events = SmallDisk.mount(deployment.root().resolve("run/events"))) {
            assertThat(events.folder()).isEmptyDirectory();
            try (Child train = deployment.start("train")) {
                assertThat(train.exitCode()).as(train.tail()).isEqualTo(ExitCode.STORAGE.code());
                assertThat(train.complaint()).contains(disk.folder().toString(), "No space left", "Free some space");
            }
            disk.free();
            try (Child train = deployment.start("train")) {
                assertThat(train.exitCode()).as(train.tail()).isZero();
            }
            assertThat(checkpoint(deployment, STEPS).resolve("model.safetensors"))
                    .hasSameBinaryContentAs(checkpoint(whole, STEPS).resolve("model.safetensors"));
        }
    }

    /** Runs a process that must end with the code, and gives its one line; corpus and run must be as they were. */
    private static String refused(Deployment deployment, ExitCode code, String command, String... arguments) {
        SortedMap<String, String> before = deployment.digests();
        try (Child child = deployment.start(command, arguments)) {
            assertThat(child.exitCode()).as(child.tail()).isEqualTo(code.code());
            assertThat(deployment.digests()).containsExactlyInAnyOrderEntriesOf(before);
            return child.complaint();
        }
    }

    private static Deployment copy(String name) {
        return whole.copyTo(folder.resolve(name));
    }

    /** The corpus, read by a run that is about to begin. */
    private static Deployment fresh(String name) {
        Deployment deployment = Deployment.create(folder.resolve(name), yaml());
        deployment.shareCorpus(whole);
        return deployment;
    }

    /** The argument by which a trainer begins with the first shard; its run is not the one that must stay as it is. */
    private static String anew(Deployment deployment) {
        return "--set=train.run=" + deployment.root().resolve("anew");
    }

    private static String firstShard(Deployment deployment) {
        return deployment.logEntries().get(1).get("shards").get(0).get("path").asText();
    }

    private static Path logEntry(Deployment deployment, int sequence) {
        return deployment.root().resolve("corpus/log").resolve(name(sequence));
    }

    private static String name(int sequence) {
        return "%020d.json".formatted(sequence);
    }

    private static Path checkpoint(Deployment deployment, long step) {
        return deployment.checkpoints().resolve("step-%012d".formatted(step));
    }

    private static void flipByte(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 1);
        }
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
                  seed: 7
                  steps: %d
                  batch: 4
                  shuffleWindow: 32
                  threads: 1
                  optimizer:
                    warmupSteps: 5
                  eval:
                    everySteps: 0
                    sampleEverySteps: 0
                  checkpoint:
                    every: 300ms
                    permanentEverySteps: 4
                """.formatted(STEPS);
    }
}
