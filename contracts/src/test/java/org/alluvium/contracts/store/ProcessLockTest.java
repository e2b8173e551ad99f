package org.alluvium.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

    @TempDir
    Path dir;

    @Test
    void aSecondHolderIsRefusedInWords() {
        Path file = dir.resolve("new/ingest.lock");
        try (ProcessLock held = ProcessLock.acquire(file, "ingest")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> ProcessLock.acquire(file, "ingest"))
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessageContaining("cannot start ingest")
                    .hasMessageContaining("already at work in this folder");
            assertThat(ProcessLock.holder(file))
                    .hasValueSatisfying(holder -> assertThat(holder)
                            .startsWith(Long.toString(ProcessHandle.current().pid())));
        }
    }

    @Test
    void theLockCanBeTakenAgainOnceGivenBack() {
        Path file = dir.resolve("train.lock");
        ProcessLock first = ProcessLock.acquire(file, "train");
        first.close();
        first.close();

        assertThat(ProcessLock.holder(file)).isEmpty();
        try (ProcessLock second = ProcessLock.acquire(file, "train")) {
            first.close();
            assertThat(ProcessLock.holder(file)).isPresent();
            assertThat(second).isNotNull();
        }
    }

    @Test
    void nobodyHoldsALockThatWasNeverTaken() {
        assertThat(ProcessLock.holder(dir.resolve("none.lock"))).isEmpty();
        assertThat(dir.resolve("none.lock")).doesNotExist();
    }
}
