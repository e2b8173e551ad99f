package org.alluvium.images.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Processes that run as those of containers would: as a user of their own in one more group, which owns the volumes, with no
 * capability and no variables but those that are given. Without root's rights everything runs as whoever tests.
 */
final class Containers implements AutoCloseable {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final long LOOK_MILLIS = 50;

    private final Path logs;
    private final String group;
    private final List<Running> started = new ArrayList<>();

    /** @param group as {@code fsGroup} */
    Containers(Path logs, String group) {
        this.logs = logs;
        this.group = group;
    }

    record Running(String name, Process process, Path log) {

        String said() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** SIGTERM, and what it comes to. */
        int terminate() {
            process.destroy();
            process.onExit().join();
            return process.exitValue();
        }
    }

    /** Starts a process. */
    Running start(String name, String user, List<String> line, Map<String, String> environment) {
        List<String> whole = new ArrayList<>(asUser(user));
        whole.addAll(line);
        Path log = logs.resolve(name + ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(logs.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Map<String, String> variables = new LinkedHashMap<>(environment);
            variables.put("PATH", System.getenv("PATH"));
            builder.environment().clear();
            builder.environment().putAll(variables);
            Running running = new Running(name, builder.start(), log);
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> asUser(String user) {
        String[] ids = user.split(":", -1);
        return ROOT
                ? List.of(
                        "setpriv",
                        "--reuid=" + ids[0],
                        "--regid=" + ids[1],
                        "--groups=" + group,
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--no-new-privs")
                : List.of();
    }

    /** A folder that the group may write, as that of a volume. */
    Path volume(Path folder) {
        try {
            Files.createDirectories(folder);
            if (ROOT) {
                Files.setAttribute(folder, "unix:gid", Integer.valueOf(group));
                Files.setAttribute(folder, "unix:mode", 0_2775);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for what processes bring about; fails at once if one of them has ended. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            for (Running running : started) {
                if (!running.process().isAlive()) {
                    throw new AssertionError(running.name() + " ended with "
                            + running.process().exitValue() + " before " + what + ":\n" + running.said());
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS); // what another process does is no event here
        }
    }

    /** What all of them said. */
    String said() {
        return started.stream()
                .map(running -> "== " + running.name() + "\n" + running.said())
                .reduce("", String::concat);
    }

    @Override
    public void close() {
        started.stream()
                .flatMap(running -> Stream.concat(
                        Stream.of(running.process().toHandle()),
                        running.process().descendants()))
                .forEach(ProcessHandle::destroyForcibly);
        started.forEach(running -> running.process().onExit().join());
    }
}
