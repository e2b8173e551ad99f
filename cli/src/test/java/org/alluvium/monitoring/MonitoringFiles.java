package org.alluvium.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is in {@code k8s/monitoring}, and the tools that read it too. */
public final class MonitoringFiles {

    /** Of the checkout: tests run in the folder of their module. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Of rules, scrape configuration and dashboards. */
    public static final Path FOLDER = ROOT.resolve("k8s/monitoring");

    private static final Path UNPACKED = ROOT.resolve("target/prometheus/usr/bin");
    private static final ObjectMapper JSON = new ObjectMapper();

    private MonitoringFiles() {}

    /** Where a program of Prometheus is: on the path, or where {@code bin/prometheus.sh} unpacks it. */
    public static Optional<Path> tool(String name) {
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of);
        return Stream.concat(path, Stream.of(UNPACKED))
                .map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A document of YAML as a tree. */
    public static JsonNode yaml(String name) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text(FOLDER.resolve(name))));
    }

    /** Grafana's dashboards. */
    public static Stream<Path> dashboards() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of JSON as a tree. */
    public static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
