package org.alluvium.trainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.store.LocalObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveLogTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T01:00:00Z"));

    @TempDir
    private Path folder;

    private ArchiveLog log() {
        return new ArchiveLog(new LocalObjectStore(folder), CLOCK);
    }

    private static ArchiveState withCheckpoint(ArchiveState before, long step) {
        return before.next(
                "now",
                List.of(new ArchivedCheckpoint(step, true, "checkpoints/step/", "00", 7)),
                List.of(new Piece("journal/0", 0, 5, "11")),
                List.of());
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws IOException {
        ArchiveLog log = log();
        ArchiveState begun = log.takeOver("me");
        ArchiveState written = log.append(withCheckpoint(begun, 3));

        assertThat(log().newest()).contains(written);
        assertThat(written.newest().orElseThrow().step()).isEqualTo(3);
        assertThat(written.epoch()).isEqualTo(begun.sequence());
    }

    @Test
    void whoWasTakenOverFromWritesNothingAnyMore() throws IOException {
        ArchiveState zombie = log().append(withCheckpoint(log().takeOver("zombie"), 3));
        ArchiveState owner = log().takeOver("owner");

        assertThat(owner.checkpoints()).isEqualTo(zombie.checkpoints());
        assertThatThrownBy(() -> log().append(withCheckpoint(zombie, 4)))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another trainer")
                .hasMessageContaining("owner");
        assertThat(log().newest()).contains(owner);
    }

    @Test
    void aTrainerThatSleptUntilItsNumberWasFreeAgainIsFencedAllTheSame() throws IOException {
        ArchiveState zombie = log().takeOver("zombie");
        ArchiveState owner = log().takeOver("owner");
        for (int step = 1; step < 40; step++) {
            owner = log().append(withCheckpoint(owner, step));
        }
        assertThat(new LocalObjectStore(folder).list("log/", Optional.empty())).hasSizeLessThan(20);

        assertThatThrownBy(() -> log().append(withCheckpoint(zombie, 99))).isInstanceOf(FencedException.class);
        assertThat(log().newest()).contains(owner);
    }

    @Test
    void anEntryWhoseAnswerWasLostIsFoundToBeOnesOwn() throws IOException {
        ArchiveLog log = log();
        ArchiveState begun = log.takeOver("me");
        ArchiveState unheard = log.append(withCheckpoint(begun, 3));

        assertThat(log.append(withCheckpoint(begun, 4))).isEqualTo(unheard);
        assertThat(log.append(withCheckpoint(unheard, 4)).newest().orElseThrow().step())
                .isEqualTo(4);
    }
}
