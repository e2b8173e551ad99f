package org.alluvium.flink.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The ingest job on a cluster of two processes, a JobManager and a TaskManager, each of which may be killed. A new cluster
 * continues where the one before has left off, as {@link IngestProcess} does. For one thread.
 */
final class MortalIngest {

    private final Path config;
    private final Process jobManager;
    private final String port;
    private Process taskManager;

    private MortalIngest(Path config, Process jobManager, String port) throws IOException {
        this.config = config;
        this.jobManager = jobManager;
        this.port = port;
        startTaskManager();
    }

    /** Starts both processes; returns once the JobManager can be reached. */
    static MortalIngest start(Path config) throws IOException {
        Process jobManager = launch(JobManagerMain.class, "-Xmx384m", config.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log(config).toFile()))
                .start();
        return new MortalIngest(config, jobManager, awaitPort(config, jobManager));
    }

    private void startTaskManager() throws IOException {
        taskManager = launch(TaskManagerMain.class, "-Xmx512m", config.toString(), port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(config).toFile()))
                .start();
    }

    private static ProcessBuilder launch(Class<?> main, String heap, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.command().addAll(List.of(arguments));
        return builder;
    }

    @SuppressWarnings("resource") // the stream ends with the process, and closing it earlier would end the process
    private static String awaitPort(Path config, Process jobManager) throws IOException {
        BufferedReader output = jobManager.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith(JobManagerMain.LISTENING)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the JobManager does not start: " + Files.readString(log(config)));
        }
        keep(output, log(config));
        return line.substring(JobManagerMain.LISTENING.length());
    }

    /** Keeps the process from waiting for somebody to read what it writes. */
    private static void keep(BufferedReader output, Path log) throws IOException {
        PrintWriter kept = new PrintWriter(
                Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
        Thread keeper = new Thread(
                () -> {
                    try (kept) {
                        output.lines().forEach(kept::println);
                    }
                },
                "output-of-the-jobmanager");
        keeper.setDaemon(true);
        keeper.start();
    }

    private static Path log(Path config) {
        return config.resolveSibling("ingest.log");
    }

    boolean isAlive() {
        return jobManager.isAlive() && taskManager.isAlive();
    }

    /** Ends everything as {@code kill -9} does; returns once it is gone. */
    void kill() throws InterruptedException {
        jobManager.destroyForcibly();
        taskManager.destroyForcibly().waitFor();
        jobManager.waitFor();
    }

    /** Ends the TaskManager under the job as {@code kill -9} does, and gives the cluster a new one. */
    void killTaskManager() throws IOException, InterruptedException {
        taskManager.destroyForcibly().waitFor();
        startTaskManager();
    }
}
