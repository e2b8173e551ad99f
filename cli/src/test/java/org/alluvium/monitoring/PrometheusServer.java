package org.alluvium.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A Prometheus of its own, with the project's scrape configuration and rules, that looks twice a second. */
public final class PrometheusServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OFTEN = "500ms";

    private final Process process;
    private final Path log;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Process process, Path log, URI address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /**
     * Starts one.
     *
     * @param program of Prometheus
     * @param folder for what it keeps
     * @param port to listen on
     * @param targets ports on this machine, by the job of the scrape configuration
     */
    public static PrometheusServer start(Path program, Path folder, int port, Map<String, Integer> targets) {
        try {
            Files.createDirectories(folder);
            Path config = Files.writeString(folder.resolve("prometheus.yml"), config(targets));
            Path log = folder.resolve("prometheus.log");
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new PrometheusServer(process, log, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON is YAML. */
    private static String config(Map<String, Integer> targets) {
        ObjectNode config = (ObjectNode) MonitoringFiles.yaml("prometheus.yaml");
        config.putObject("global").put("scrape_interval", OFTEN).put("evaluation_interval", OFTEN);
        config.putArray("rule_files")
                .add(MonitoringFiles.FOLDER.resolve("rules.yaml").toString());
        for (JsonNode job : config.get("scrape_configs")) {
            String target = "localhost:" + targets.get(job.get("job_name").asText());
            ((ObjectNode) job)
                    .putArray("static_configs")
                    .addObject()
                    .putArray("targets")
                    .add(target);
        }
        return config.toString();
    }

    /** Whether it answers. */
    public boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("Prometheus has ended:\n" + MonitoringFiles.text(log));
        }
        try {
            return send("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What a query finds now. */
    public List<JsonNode> query(String promql) {
        return List.copyOf(get("/api/v1/query?query=" + encoded(promql))
                .get("result")
                .valueStream()
                .toList());
    }

    /** The value of a query that finds one; empty if it finds none. */
    public OptionalDouble value(String promql) {
        return query(promql).stream()
                .mapToDouble(
                        found -> Double.parseDouble(found.get("value").get(1).asText()))
                .findFirst();
    }

    /** The labels of all series of a metric. */
    public List<JsonNode> series(String name) {
        return get("/api/v1/series?match%5B%5D=" + encoded(name)).valueStream().toList();
    }

    /** What is answered at an address of its API. */
    public JsonNode get(String path) {
        try {
            HttpResponse<String> answer = send(path);
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + ": " + json.path("error").asText());
            }
            return json.get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String path) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        process.onExit().join();
    }
}
