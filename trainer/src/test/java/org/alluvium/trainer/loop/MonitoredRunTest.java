package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoredRunTest {

    @TempDir
    private Path folder;

    @Test
    void aMonitorThatCannotListenEndsTheRunBeforeItBegins() throws Exception {
        TestRun run = new TestRun(folder, "run");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> run.train("train.monitor.port=" + taken.getLocalPort()))
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(run.event("error").text("message")).contains("cannot listen");
    }
}
