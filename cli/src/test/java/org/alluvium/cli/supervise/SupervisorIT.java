package org.alluvium.cli.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.alluvium.contracts.error.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with real processes. */
class SupervisorIT {

    private static final RestartPolicy QUICK =
            new RestartPolicy(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofHours(1), 3);

    @TempDir
    private Path folder;

    private final BlockingQueue<ChildState> states = new LinkedBlockingQueue<>();

    static ChildSpec child(Path folder, String name, String deed, boolean goal) {
        List<String> command = new ArrayList<>(java(TinyChild.class, "-Dalluvium.supervised=true"));
        command.addAll(List.of(folder.resolve(name + ".pids").toString(), deed));
        return new ChildSpec(
                name, command, folder.resolve(name + ".console"), Optional.of(folder.resolve(name + ".lock")), goal);
    }

    private static List<String> java(Class<?> main, String option) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    private Supervisor supervisor(Duration grace, ChildSpec... children) {
        return new Supervisor(
                List.of(children), QUICK, grace, InstantSource.system(), (name, state) -> states.add(state));
    }

    private List<Long> pids(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name + ".pids")).stream()
                .map(Long::valueOf)
                .toList();
    }

    /** Waits for a state of the given kind. */
    private <T extends ChildState> T await(Class<T> kind) throws InterruptedException {
        ChildState state = states.take();
        while (!kind.isInstance(state)) {
            state = states.take();
        }
        return kind.cast(state);
    }

    @Test
    void itIsOverWhenTheProcessThatIsTheGoalHasFinished() throws Exception {
        Supervisor supervisor = supervisor(
                Duration.ofSeconds(20), child(folder, "ingest", "wait", false), child(folder, "train", "0", true));
        assertThat(supervisor.run()).isEqualTo(Outcome.REACHED);
        // Whether it had come to write its id or not: nothing of it is left.
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aProcessThatWasKilledIsStartedAgain() throws Exception {
        Supervisor supervisor = supervisor(Duration.ofSeconds(20), child(folder, "train", "wait", true));
        CompletableFuture<Outcome> outcome = inBackground(supervisor);
        long first = await(ChildState.Running.class).pid();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        assertThat(await(ChildState.Restarting.class).why()).isEqualTo("killed (signal 9)");
        assertThat(await(ChildState.Running.class).pid()).isNotEqualTo(first);
        supervisor.stop(Outcome.STOPPED);
        assertThat(outcome.get()).isEqualTo(Outcome.STOPPED);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aProcessThatCrashesAgainAndAgainIsGivenUp() throws Exception {
        Outcome outcome = supervisor(Duration.ofSeconds(20), child(folder, "train", "134", true))
                .run();
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(pids("train")).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void anErrorForAPersonEndsEverythingWithItsMessageAndExitCode() throws Exception {
        Outcome outcome = supervisor(
                        Duration.ofSeconds(20),
                        child(folder, "ingest", "wait", false),
                        child(folder, "train", "76", true))
                .run();
        assertThat(outcome).isEqualTo(new Outcome(ExitCode.MISMATCH, "alluvium: tiny: it went wrong. Mend it"));
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aProcessThatDoesNotStopIsKilled() throws Exception {
        Supervisor supervisor = supervisor(Duration.ofMillis(200), child(folder, "train", "ignore", true));
        CompletableFuture<Outcome> outcome = inBackground(supervisor);
        long pid = await(ChildState.Running.class).pid();
        supervisor.stop(Outcome.STOPPED);
        assertThat(outcome.get()).isEqualTo(Outcome.STOPPED);
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void noProcessOutlivesASupervisorThatWasKilled() throws Exception {
        List<String> command = new ArrayList<>(java(TinySupervisor.class, "-Dnone=none"));
        command.add(folder.toString());
        Process supervisor = new ProcessBuilder(command).inheritIO().start();
        Path pids = folder.resolve("orphan.pids");
        while (!Files.exists(pids) || Files.readString(pids).isBlank()) {
            assertThat(supervisor.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        ProcessHandle orphan = ProcessHandle.of(pids("orphan").getFirst()).orElseThrow();
        supervisor.destroyForcibly().waitFor();
        // Completes only if the child ends by itself.
        assertThat(orphan.onExit().get().isAlive()).isFalse();
    }

    private static CompletableFuture<Outcome> inBackground(Supervisor supervisor) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return supervisor.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }
}
