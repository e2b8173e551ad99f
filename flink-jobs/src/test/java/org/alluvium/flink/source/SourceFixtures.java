package org.alluvium.flink.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.config.FilesConfig;
import org.alluvium.contracts.config.IngestConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.MetricsConfig;
import org.alluvium.contracts.config.SourceConfig;

/** Configurations for tests. */
final class SourceFixtures {

    static final int MAX_LINE_BYTES = 4096;

    private SourceFixtures() {}

    static IngestConfig ingest(Duration settle) {
        return new IngestConfig(
                1,
                128,
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                settle,
                MAX_LINE_BYTES,
                1 << 20,
                Duration.ZERO,
                Duration.ofHours(1),
                0,
                IngestConfig.StateBackend.ROCKSDB,
                Optional.empty(),
                3,
                new MetricsConfig(0));
    }

    /** Files are complete when they are seen, kept, and cut into parts of so many bytes. */
    static FilesConfig inParts(long bytes) {
        return new FilesConfig("*", FilesConfig.Complete.RENAMED, FilesConfig.After.KEEP, bytes);
    }

    static SourceConfig folder(String name, Path path, boolean follow) {
        return SourceConfig.ofFolder(name, Location.of(path), SourceConfig.Format.JSONL, follow);
    }
}
