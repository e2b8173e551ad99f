package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.alluvium.contracts.event.Event;
import org.alluvium.trainer.fixture.PlantedCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a trainer that goes back because of bad documents, at many moments and with every option of learning on: the weights
 * are those of one that nobody killed. A module that brings a backend runs the same on it.
 */
public class GuardedRunIT {

    private static final long SEED = 20261122;

    @TempDir
    private Path folder;

    /** What the trainers' virtual machines are told besides. */
    protected List<String> jvmOptions() {
        return List.of();
    }

    /**
     * Makes a trainer's process what it must be besides.
     *
     * @param shared a folder of this test
     */
    protected void prepare(ProcessBuilder trainer, Path shared) {
        // nothing by default
    }

    /** What computes. */
    protected String backend() {
        return "cpu";
    }

    /** How often a trainer is killed; more by {@code -Dalluvium.kills}. */
    protected int kills() {
        return Integer.getInteger("alluvium.kills", 4);
    }

    @Test
    void killsAroundRewindsChangeNoBit() throws IOException {
        PlantedCorpus corpus = new PlantedCorpus(110, 75);
        TestRun undisturbed = corpus.run(folder, "undisturbed", PlantedCorpus.bad(2));
        requireSuccess(start("undisturbed").onExit().join(), "undisturbed");
        byte[] journal = Files.readAllBytes(undisturbed.layout().journal());
        assertThat(undisturbed.events())
                .filteredOn(event -> event.type().equals("spike"))
                .extracting(event -> event.text("action"))
                .contains("skipped", "rewound");
        assertThat(undisturbed.newest().guard().leftOut().rewinds()).isNotEmpty();

        TestRun killed = new TestRun(folder, "killed", PlantedCorpus.settings());
        Random random = new Random(SEED);
        int kills = 0;
        for (int i = 1; i <= kills(); i++) {
            long moment = (long) journal.length * i / (kills() + 1) + random.nextInt(400);
            kills += killAt(killed.layout().journal(), moment) ? 1 : 0;
        }
        requireSuccess(start("killed").onExit().join(), "killed");

        assertThat(kills).isGreaterThanOrEqualTo(kills() / 2);
        assertThat(killed.layout().journal()).hasBinaryContent(journal);
        assertThat(killed.newestWeights()).isEqualTo(undisturbed.newestWeights());
        assertThat(killed.newest().guard()).isEqualTo(undisturbed.newest().guard());
        assertThat(killed.events()).extracting(Event::type).contains("resume", "spike");
    }

    /** Lets a trainer work until the journal is so long, and kills it; false if it was done before. */
    private boolean killAt(Path journal, long length) {
        Process trainer = start("killed");
        while (trainer.isAlive() && size(journal) < length) {
            pause();
        }
        boolean alive = trainer.isAlive();
        Process ended = trainer.destroyForcibly().onExit().join();
        if (!alive) {
            requireSuccess(ended, "killed");
        }
        return alive;
    }

    /** The journal is another process' file. Spinning would take a core from that process. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void requireSuccess(Process ended, String name) {
        try {
            assertThat(ended.exitValue()).as(Files.readString(log(name))).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(String name) {
        List<String> settings = Stream.concat(
                        Stream.of(PlantedCorpus.settings()),
                        Stream.of(
                                "train.backend=" + backend(),
                                "train.threads=2",
                                "train.optimizer.learningRate=0.01",
                                "train.optimizer.method=muon",
                                "train.optimizer.zLoss=1e-4",
                                "train.optimizer.averageDecay=0.9",
                                "train.optimizer.cautiousDecay=true",
                                "train.batchRamp.steps=30",
                                "model.qkNorm=true",
                                "model.activation=relu2",
                                "model.logitSoftCap=15",
                                "model.zeroInit=true",
                                "train.eval.everySteps=30",
                                "train.eval.sampleEverySteps=40",
                                "train.eval.heldOutPermille=0",
                                "train.checkpoint.every=50ms",
                                "train.checkpoint.permanentEverySteps=20"))
                .toList();
        try {
            ProcessBuilder trainer = TrainTestMain.process(folder, name, jvmOptions(), settings);
            prepare(trainer, folder);
            return trainer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
