package org.alluvium.cli.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.access.TrustStore;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;

/** How the two kinds of processes are started: Flink's settings are written, and Flink itself divides the memory. */
record LaunchPlan(Launch jobManager, Launch taskManager) {

    /** What Flink and its libraries do with Java that it has to be told to allow. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dai.djl.offline=true");

    /** What begins a line of Flink's calculator of memory: first options of the virtual machine, then settings. */
    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

    private static final String CALCULATOR = "org.apache.flink.runtime.util.bash.BashJavaUtils";

    private static final Pattern RPC_PORT = Pattern.compile("(?m)^jobmanager\\.rpc\\.port: '(\\d+)'$");

    /**
     * One kind of process.
     *
     * @param options of its virtual machine
     * @param arguments of its main method
     */
    record Launch(List<String> options, List<String> arguments) {}

    /**
     * Writes the settings into {@code conf/} of a cluster's folder, and plans by them.
     *
     * @param first whether none of its processes runs; else the JobManager's port stays as it is
     */
    static LaunchPlan of(FlinkHome flink, AlluviumConfig config, Path folder, boolean first) {
        Path conf = folder.resolve("conf");
        Map<String, String> settings = ClusterSettings.of(config, folder, first ? freePort(config) : rpcPort(conf));
        ClusterSettings.write(settings, conf);
        List<String> trust = trust(config, conf);
        return new LaunchPlan(
                plan(flink, conf, "GET_JM_RESOURCE_PARAMS", options(settings, "jobmanager", trust)),
                plan(flink, conf, "GET_TM_RESOURCE_PARAMS", options(settings, "taskmanager", trust)));
    }

    /** Flink's client of S3 trusts whom its Java does. */
    private static List<String> trust(AlluviumConfig config, Path conf) {
        return config
                .s3()
                .caFile()
                .map(caFile -> TrustStore.write(conf.resolve("authorities.jks"), caFile, "s3.caFile"))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .sorted()
                .toList();
    }

    /** Those that Flink's own scripts look for in its settings, for all processes and for one kind. */
    private static List<String> options(Map<String, String> settings, String kind, List<String> trust) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(trust);
        for (String key : List.of("env.java.opts.all", "env.java.opts." + kind)) {
            Optional.ofNullable(settings.get(key)).map(LaunchPlan::words).ifPresent(options::addAll);
        }
        return options;
    }

    private static int rpcPort(Path conf) {
        Path file = conf.resolve("config.yaml");
        try {
            Matcher port = RPC_PORT.matcher(Files.readString(file));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            throw new ConfigException(
                    "it does not name the port that the cluster's processes meet at",
                    file.toString(),
                    "Stop the cluster with 'alluvium cluster stop' and start it again");
        } catch (IOException e) {
            throw StorageException.of("read Flink's settings", file, e);
        }
    }

    /**
     * The first above that of the REST interface that nobody listens on now. Not any that is free: those the system hands out
     * go to clients too, and a TaskManager that looks for a dead JobManager again and again would in the end meet itself.
     */
    private static int freePort(AlluviumConfig config) {
        int port = ClusterSettings.restPort(config.cluster()) + 1;
        while (!isFree(port)) {
            port++;
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static Launch plan(FlinkHome flink, Path conf, String question, List<String> further) {
        List<String> line = flink.java(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dlog4j2.level=OFF"));
        line.addAll(List.of(CALCULATOR, question, "--configDir", conf.toString()));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> results = output.stream()
                    .filter(said -> said.startsWith(RESULT))
                    .map(said -> said.substring(RESULT.length()))
                    .toList();
            if (results.size() != 2) {
                throw new ConfigException(
                        "Flink cannot divide the memory: " + reason(output),
                        conf.resolve("config.yaml").toString(),
                        "Correct cluster.jobManagerMemory, cluster.taskManagerMemory or cluster.flink");
            }
            List<String> options = new ArrayList<>(words(results.get(0)));
            options.addAll(further);
            return new Launch(options, words(results.get(1)));
        } catch (IOException e) {
            throw StorageException.of("ask Flink how to divide the memory", conf, e);
        }
    }

    private static String reason(List<String> output) {
        return output.stream()
                .filter(said -> said.contains("Exception"))
                .findFirst()
                .orElse("it said nothing");
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }
}
