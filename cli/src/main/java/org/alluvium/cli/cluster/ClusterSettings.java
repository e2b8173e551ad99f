package org.alluvium.cli.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.alluvium.contracts.access.Secret;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.StorageException;

/** Flink's settings of a cluster on this machine, as its file {@code config.yaml}, which nobody else may read. */
final class ClusterSettings {

    private static final int DEFAULT_PORT = 8081;
    private static final String HOST = "localhost";

    private ClusterSettings() {}

    /**
     * The settings.
     *
     * @param rpcPort of the JobManager, which TaskManagers find it at, before and after a restart
     */
    static Map<String, String> of(AlluviumConfig config, Path folder, int rpcPort) {
        ClusterConfig cluster = config.cluster();
        String port = Integer.toString(restPort(cluster));
        Map<String, String> flink = new TreeMap<>();
        flink.put("jobmanager.rpc.address", HOST);
        flink.put("jobmanager.bind-host", HOST);
        flink.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        flink.put("jobmanager.memory.process.size", cluster.jobManagerMemory() + "b");
        flink.put("taskmanager.host", HOST);
        flink.put("taskmanager.bind-host", HOST);
        flink.put("taskmanager.numberOfTaskSlots", Integer.toString(cluster.slots()));
        flink.put("taskmanager.memory.process.size", cluster.taskManagerMemory() + "b");
        flink.put("rest.address", HOST);
        flink.put("rest.bind-address", HOST);
        flink.put("rest.port", port);
        flink.put("rest.bind-port", port);
        flink.put("io.tmp.dirs", folder.resolve("tmp").toString());
        flink.put(
                "web.log.path", folder.resolve("log").resolve("jobmanager.log").toString());
        flink.put("web.upload.dir", folder.resolve("uploads").toString());
        putScheduling(flink);
        putS3(flink, config.s3());
        flink.putAll(cluster.flink());
        return flink;
    }

    static int restPort(ClusterConfig cluster) {
        int port = URI.create(cluster.jobManager()).getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    /** A job takes what slots there are, and more when there are more; a process that is gone is missed after seconds. */
    private static void putScheduling(Map<String, String> flink) {
        flink.put("jobmanager.scheduler", "adaptive");
        flink.put("jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout", "2s");
        flink.put("jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout", "2s");
        flink.put("jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "2s");
        flink.put("jobmanager.adaptive-scheduler.rescale-trigger.max-delay", "10s");
        flink.put("heartbeat.interval", "2s");
        flink.put("heartbeat.timeout", "20s");
    }

    private static void putS3(Map<String, String> flink, S3Config s3) {
        flink.put("s3.region", s3.region());
        flink.put("s3.path-style-access", Boolean.toString(s3.pathStyle()));
        s3.endpoint().ifPresent(endpoint -> {
            flink.put("s3.endpoint", endpoint);
            // Amazon's way to sign an upload piece by piece; other services refuse it.
            flink.put("s3.chunked-encoding.enabled", "false");
        });
        s3.accessKey().ifPresent(key -> flink.put("s3.access-key", key));
        s3.secretKeyFile()
                .ifPresent(file -> flink.put(
                        "s3.secret-key", Secret.read(file, "s3.secretKeyFile").value()));
    }

    /** Writes the settings into a folder of their own, whole. */
    static void write(Map<String, String> settings, Path conf) {
        StringBuilder yaml =
                new StringBuilder("# Written by 'alluvium cluster start'; cluster.flink has further settings.\n");
        settings.forEach((key, value) ->
                yaml.append(key).append(": '").append(value.replace("'", "''")).append("'\n"));
        Path file = conf.resolve("config.yaml");
        Path next = conf.resolve("config.yaml.next");
        try {
            Files.createDirectories(conf);
            Files.deleteIfExists(next);
            if (Files.getFileStore(conf).supportsFileAttributeView("posix")) {
                Files.createFile(
                        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(next, yaml);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StorageException.of("write Flink's settings", file, e);
        }
    }
}
