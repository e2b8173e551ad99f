package org.alluvium.cli.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A supervisor of one waiting {@link TinyChild}, as a process that a test can kill. Its argument is a folder. */
public final class TinySupervisor {

    private TinySupervisor() {}

    public static void main(String[] arguments) throws InterruptedException {
        ChildSpec child = SupervisorIT.child(Path.of(arguments[0]), "orphan", "wait", true);
        new Supervisor(
                        List.of(child),
                        RestartPolicy.STANDARD,
                        Duration.ofSeconds(20),
                        InstantSource.system(),
                        (name, state) -> {})
                .run();
    }
}
