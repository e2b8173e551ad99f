package org.alluvium.trainer.loop;

import static org.alluvium.trainer.fixture.RunSteps.documentOfStep;
import static org.alluvium.trainer.fixture.RunSteps.stepsOf;
import static org.alluvium.trainer.fixture.RunSteps.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.fixture.PlantedCorpus;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.alluvium.trainer.guard.LeftOut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that went back because of bad documents takes steps again, and learns that others of them were taken down. */
class GuardedTakedownTest {

    @TempDir
    Path folder;

    private TestCorpus corpus;
    private TestRun rewound;
    private LeftOut.Rewind rewind;
    private Checkpoint early;

    @BeforeEach
    void trainWithBadDocuments() {
        corpus = TestRun.corpus(folder);
        corpus.commitCut(new PlantedCorpus(40, 24).rows(PlantedCorpus.bad(2)), 7, 13, 2);
        rewound = run("rewound");
        rewound.train("train.steps=4");
        early = rewound.newest();
        assertThat(rewound.train()).isEqualTo(ExitCode.OK);
        rewind = rewound.newest().guard().leftOut().rewinds().getFirst();
        assertThat(rewind.afterStep()).isGreaterThan(early.step() + 2);
    }

    @Test
    void wheneverItIsKilledItIsTheRunThatHadTheTakedownBefore() throws IOException {
        String taken = documentOfStep(rewound, early.step() + 2);
        assertThat(stepsOf(rewound, taken).getFirst())
                .isGreaterThan(early.step())
                .isLessThan(rewind.afterStep());
        byte[] journal = Files.readAllBytes(rewound.layout().journal());
        corpus.takeDown(taken);
        corpus.carryOut();
        TestRun without = run("without");
        without.train();

        for (int killedAt : momentsAfter(journal, "{\"step\":" + rewind.afterStep() + ",")) {
            TestRun killed = killed("killed-at-" + killedAt, journal, killedAt);
            assertThat(killed.train()).as("killed at %d", killedAt).isEqualTo(ExitCode.OK);
            assertSame(killed, without);
        }
        byte[] again = Files.readAllBytes(killed("killed-at-" + journal.length, journal, journal.length)
                .layout()
                .journal());
        assertThat(new String(again, StandardCharsets.UTF_8)).contains("{\"takedown\"");
        for (int killedAt : momentsAfter(again, "{\"takedown\"")) {
            TestRun killed = killed("again-killed-at-" + killedAt, again, killedAt);
            assertThat(killed.train()).as("killed again at %d", killedAt).isEqualTo(ExitCode.OK);
            assertSame(killed, without);
        }
    }

    private TestRun run(String name) {
        return new TestRun(folder, name, PlantedCorpus.settings());
    }

    /** The run as a kill has left it, with its first checkpoint. */
    private TestRun killed(String name, byte[] journal, int length) throws IOException {
        TestRun killed = run(name);
        if (!Files.exists(killed.layout().journal())) {
            TestRun.copy(early.path(), killed.layout().checkpoint(early.step()));
            Files.write(killed.layout().journal(), Arrays.copyOf(journal, length));
        }
        return killed;
    }

    private static void assertSame(TestRun killed, TestRun without) throws IOException {
        assertThat(valid(killed)).isEqualTo(valid(without));
        assertThat(killed.newestWeights()).isEqualTo(without.newestWeights());
        assertThat(killed.newest().guard().leftOut())
                .isEqualTo(without.newest().guard().leftOut());
    }

    /** Lengths that a journal has had since a line: after every further one. */
    private static List<Integer> momentsAfter(byte[] journal, String line) {
        List<Integer> moments = new ArrayList<>();
        String text = new String(journal, StandardCharsets.ISO_8859_1);
        for (int end = text.indexOf('\n', text.indexOf(line)); end >= 0; end = text.indexOf('\n', end + 1)) {
            moments.add(end + 1);
        }
        return moments;
    }
}
