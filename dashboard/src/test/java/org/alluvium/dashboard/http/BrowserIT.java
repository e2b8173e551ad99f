package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.dashboard.snapshot.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees and does, in a real browser: the tests of {@code ui/browser} against a recorded run to which they add. They
 * need npm and a Chromium, which Debian's package {@code chromium} brings; without them this is skipped.
 */
class BrowserIT {

    private static final Path UI = Path.of("ui").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    @SuppressWarnings("try") // the lock is held, not used: somebody seems to be at work on the corpus
    void peopleSeeAndDoWhatTheyCameFor() throws Exception {
        Optional<Path> chromium = onThePath("chromium", "chromium-browser", "google-chrome");
        assumeTrue(chromium.isPresent(), "there is no Chromium on the path");
        assumeTrue(Files.isDirectory(UI.resolve("node_modules")), "the pages were not built by npm");
        RecordedRun recorded = RecordedRun.create(folder);
        DashboardServer.Shown shown = withSibling(recorded);
        InstantSource clock = InstantSource.fixed(RecordedRun.END);
        new Snapshot(shown, clock).write(copy(), false, _ -> {});
        try (ProcessLock ingest = ProcessLock.acquire(recorded.corpus().lock(), "ingest");
                DashboardServer server = DashboardServer.start(
                        Door.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.empty(),
                                Optional.empty()),
                        shown,
                        clock)) {
            Path report = folder.resolve("browser.log");
            int exitCode = run(server, recorded, chromium.get(), report);
            assertThat(exitCode).as(Files.readString(report)).isZero();
        }
    }

    private DashboardServer.Shown withSibling(RecordedRun recorded) throws IOException {
        DashboardServer.Shown alone = recorded.shown();
        Map<String, RunLayout> runs = new LinkedHashMap<>(alone.runs());
        runs.put("sibling", SiblingRun.create(recorded, folder.resolve("sibling")));
        return new DashboardServer.Shown(runs, alone.corpus(), alone.alerts());
    }

    private Path copy() {
        return folder.resolve("copy");
    }

    private int run(DashboardServer server, RecordedRun recorded, Path chromium, Path report)
            throws IOException, InterruptedException {
        ProcessBuilder npm = new ProcessBuilder("npm", "run", "browser")
                .directory(UI.toFile())
                .redirectErrorStream(true)
                .redirectOutput(report.toFile());
        npm.environment().put("DASHBOARD_URL", server.address().toString());
        npm.environment().put("DASHBOARD_EVENTS", recorded.run().events().toString());
        npm.environment()
                .put("DASHBOARD_COPY", copy().resolve("index.html").toUri().toString());
        npm.environment().put("CHROMIUM", chromium.toString());
        npm.environment().put("NO_COLOR", "1");
        Process process = npm.start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private static Optional<Path> onThePath(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(place -> Stream.of(names).map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
