package org.alluvium.bench.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.cli.supervise.JavaCommand;

/** The command {@code dashboard} in a process of its own, with the JVM options that it has. */
final class DashboardProcess implements AutoCloseable {

    private static final String LISTENING = "the dashboard is at ";
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    private DashboardProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it for a run, and returns once it listens. */
    static DashboardProcess start(Path run, Path logs) throws IOException {
        Files.createDirectories(logs);
        JavaCommand java = new JavaCommand(
                Path.of(System.getProperty("java.home")),
                Path.of("").toAbsolutePath(),
                System.getProperty("java.class.path"));
        List<String> command = java.supervised("dashboard", logs, List.of("--run", run.toString(), "--port", "0"));
        Process process = new ProcessBuilder(command)
                .redirectError(logs.resolve("dashboard.console").toFile())
                .start();
        BufferedReader console = process.inputReader(StandardCharsets.UTF_8);
        String line = console.readLine();
        if (line == null || !line.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new IllegalStateException("the dashboard did not start: " + line + "; see " + logs);
        }
        return new DashboardProcess(process, URI.create(line.substring(LISTENING.length())));
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Asks until the events have been read. */
    void awaitReady() throws IOException, InterruptedException {
        while (send("/readyz").statusCode() != 200) {
            Thread.sleep(BETWEEN_QUESTIONS); // a person's browser asks again, too
        }
    }

    /** The answer to a question. */
    JsonNode ask(String question) throws IOException, InterruptedException {
        return JSON.readTree(send(question).body());
    }

    private HttpResponse<String> send(String question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(question)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The most memory that a process has had, in bytes; 0 where there is no {@code /proc}. */
    static long peakBytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        Matcher peak = PEAK.matcher(Files.exists(status) ? Files.readString(status) : "");
        return peak.find() ? 1024 * Long.parseLong(peak.group(1)) : 0;
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        client.close();
    }
}
