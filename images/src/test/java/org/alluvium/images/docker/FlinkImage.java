package org.alluvium.images.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.images.docker.Pods.Container;

/**
 * Both kinds of Flink's processes for one job, by the settings and arguments of the manifest. What Flink's own scripts do in its
 * image, dividing the memory above all, is done here; the entry points are the same.
 */
record FlinkImage(Layout ingest, Containers containers, Path folder) {

    private static final Container MANIFEST = Pods.in("base/ingest.yaml");

    /** @param ports free ones: {@code rpc}, {@code rest}, and {@code jm} and {@code tm} for metrics */
    void start(Map<String, Integer> ports) throws IOException {
        Path conf = Files.createDirectories(folder.resolve("flink-conf"));
        StringBuilder yaml = new StringBuilder();
        settings(ports)
                .forEach((key, value) -> yaml.append(key)
                        .append(": '")
                        .append(ingest.here(value))
                        .append("'\n"));
        Files.writeString(conf.resolve("config.yaml"), yaml);

        List<String> job = new ArrayList<>(List.of(
                "--job-classname",
                MANIFEST.resource().at("/spec/job/entryClass").asText(),
                "-D",
                "metrics.reporter.prom.port=" + ports.get("jm")));
        Pods.items(MANIFEST.resource().at("/spec/job/args")).forEach(argument -> job.add(argument.asText()));
        launch("jobmanager", conf, "container.entrypoint.StandaloneApplicationClusterEntryPoint", job);
        launch(
                "taskmanager",
                conf,
                "runtime.taskexecutor.TaskManagerRunner",
                List.of("-D", "metrics.reporter.prom.port=" + ports.get("tm")));
    }

    /** The manifest's, without those of the operator; and where the processes meet, and how much memory they have. */
    private static Map<String, String> settings(Map<String, Integer> ports) {
        Map<String, String> settings = new LinkedHashMap<>();
        MANIFEST.resource()
                .at("/spec/flinkConfiguration")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        settings.keySet().removeIf(key -> key.startsWith("kubernetes.") || key.equals("metrics.reporter.prom.port"));
        settings.putAll(Map.of(
                "jobmanager.rpc.address", "localhost",
                "jobmanager.rpc.port", ports.get("rpc").toString(),
                "rest.address", "localhost",
                "rest.port", ports.get("rest").toString(),
                "taskmanager.host", "localhost",
                "taskmanager.cpu.cores", "1"));
        settings.putAll(Map.of(
                "taskmanager.memory.task.heap.size", "256m",
                "taskmanager.memory.task.off-heap.size", "0",
                "taskmanager.memory.framework.heap.size", "64m",
                "taskmanager.memory.framework.off-heap.size", "64m",
                "taskmanager.memory.managed.size", "64m",
                "taskmanager.memory.network.min", "32m",
                "taskmanager.memory.network.max", "32m",
                "taskmanager.memory.jvm-metaspace.size", "160m",
                "taskmanager.memory.jvm-overhead.min", "64m",
                "taskmanager.memory.jvm-overhead.max", "64m"));
        return settings;
    }

    private void launch(String name, Path conf, String main, List<String> arguments) {
        Map<String, String> environment = ingest.environment();
        environment.put("FLINK_LIB_DIR", ingest.here("/opt/flink/lib"));
        environment.put("FLINK_PLUGINS_DIR", ingest.here("/opt/flink/plugins"));
        environment.put("FLINK_CONF_DIR", conf.toString());
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx320m",
                "-XX:MaxDirectMemorySize=128m",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + environment.get("TMPDIR"),
                "-cp",
                ingest.here("/opt/flink/lib") + "/*",
                "org.apache.flink." + main,
                "--configDir",
                conf.toString()));
        arguments.forEach(argument -> line.add(ingest.here(argument)));
        containers.start(name, ingest.user(), line, environment);
    }
}
