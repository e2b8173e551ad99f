package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.alluvium.contracts.access.Secret;
import org.alluvium.contracts.access.TrustStore;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.StorageException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;

/**
 * Flink's file systems of object stores in this process. On a cluster they are the cluster's own: its plugins, with its
 * configuration.
 */
final class FlinkFileSystems {

    private FlinkFileSystems() {}

    /** Sets Flink's file systems up, for the whole process, if some source or the job's state needs one. */
    static void setUp(AlluviumConfig config) {
        Stream<Location> sources = config.sources().stream().flatMap(source -> source.path().stream());
        Stream<Location> ours = Stream.of(config.corpus().dir(), FlinkSettings.state(config));
        boolean needed =
                Stream.concat(sources, ours).anyMatch(place -> place.folder().isEmpty());
        if (needed) {
            config.s3().caFile().ifPresent(FlinkFileSystems::trust);
            FileSystem.initialize(settings(config.s3()), null);
        }
    }

    /** @throws StorageException if the secret cannot be read */
    private static Configuration settings(S3Config s3) {
        Configuration flink = new Configuration();
        flink.setString("s3.region", s3.region());
        flink.setString("s3.path-style-access", Boolean.toString(s3.pathStyle()));
        s3.endpoint().ifPresent(endpoint -> {
            flink.setString("s3.endpoint", endpoint);
            // Amazon's way to sign an upload piece by piece; other services refuse it.
            flink.setString("s3.chunked-encoding.enabled", "false");
        });
        s3.accessKey().ifPresent(key -> flink.setString("s3.access-key", key));
        s3.secretKeyFile()
                .ifPresent(file -> flink.setString(
                        "s3.secret-key", Secret.read(file, "s3.secretKeyFile").value()));
        return flink;
    }

    /** Flink's client of S3 can be told whom to trust by Java's own means only, which are those of the whole process. */
    private static void trust(Path caFile) {
        try {
            Path store = Files.createTempFile("authorities", ".jks");
            store.toFile().deleteOnExit();
            TrustStore.write(store, caFile, "s3.caFile").forEach(System::setProperty);
        } catch (IOException e) {
            throw StorageException.of("write the authorities to trust", System.getProperty("java.io.tmpdir"), e);
        }
    }
}
