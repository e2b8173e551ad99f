package org.alluvium.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.alluvium.contracts.ChildProcess;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockIT {

    @TempDir
    Path dir;

    @Test
    void anotherProcessIsNamedInTheRefusalAndItsLockDiesWithIt() throws Exception {
        Path file = dir.resolve("train.lock");
        try (ChildProcess holder = ChildProcess.start(Holder.class, file.toString())) {
            assertThat(holder.readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> ProcessLock.acquire(file, "train"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("process " + holder.pid() + " holder is already at work");
            assertThat(ProcessLock.holder(file)).contains(holder.pid() + " holder");

            holder.kill();

            assertThat(ProcessLock.holder(file)).isEmpty();
            try (ProcessLock lock = ProcessLock.acquire(file, "train")) {
                assertThat(lock).isNotNull();
            }
        }
    }

    /** Holds the lock until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (ProcessLock lock = ProcessLock.acquire(Path.of(arguments[0]), "holder")) {
                System.out.println(lock == null ? "not locked" : "locked");
                new CountDownLatch(1).await();
            }
        }
    }
}
