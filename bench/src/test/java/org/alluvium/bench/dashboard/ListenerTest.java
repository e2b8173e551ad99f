package org.alluvium.bench.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.http.DashboardServer;
import org.alluvium.dashboard.http.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {

    private static final int CLIENTS = 50;
    private static final int BURSTS = 12;
    private static final int EVENTS_A_BURST = 80;

    @TempDir
    private Path folder;

    @Test
    void fiftyWhoSleepAndComeBackMissNothing() throws Exception {
        RunLayout run = new RunLayout(folder).create();
        Tally tally = new Tally();
        try (DashboardServer server = DashboardServer.start(
                        Door.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.empty(),
                                Optional.empty()),
                        new DashboardServer.Shown(Map.of("run", run), Optional.empty()),
                        InstantSource.system());
                ExecutorService listening = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Listener.Heard>> listeners = WatchingSoak.listen(listening, server.address(), tally, CLIENTS);
            tally.endAt((long) BURSTS * EVENTS_A_BURST);
            for (int burst = 0; burst < BURSTS; burst++) {
                long from = tally.written() + 1;
                SyntheticSteps.append(run, from, from + EVENTS_A_BURST - 1);
                tally.wrote(from + EVENTS_A_BURST - 1);
                tally.awaitHeard(tally.written());
            }
            Listener.Heard heard = WatchingSoak.heard(listeners);
            assertThat(heard.steps()).isEqualTo((long) CLIENTS * BURSTS * EVENTS_A_BURST);
            assertThat(heard.sleeps()).isGreaterThan(CLIENTS);
        }
    }
}
