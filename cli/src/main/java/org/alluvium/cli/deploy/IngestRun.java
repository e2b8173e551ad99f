package org.alluvium.cli.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.flink.FlinkJob;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.PackedConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.flink.job.IngestJobMain;

/**
 * An ingest job on a cluster, with what it says it was started with.
 *
 * @param parameters those that {@link IngestJobMain} names
 */
public record IngestRun(FlinkJob job, Map<String, String> parameters) {

    public IngestRun {
        parameters = Map.copyOf(parameters);
    }

    /** Whether it is one at all, rather than somebody else's job on the same cluster. */
    public boolean isIngest() {
        return parameters.containsKey(IngestJobMain.CONFIGURATION);
    }

    /** Where it writes; empty if it is somebody else's. */
    public Optional<String> corpus() {
        return Optional.ofNullable(parameters.get(IngestJobMain.CORPUS));
    }

    /** Of the code. */
    public Optional<String> version() {
        return Optional.ofNullable(parameters.get(IngestJobMain.VERSION));
    }

    /** The name that the cluster gave its jar. */
    Optional<String> jar() {
        return Optional.ofNullable(parameters.get(IngestJobMain.JAR));
    }

    /** The configuration it runs with. */
    AlluviumConfig config() {
        return PackedConfig.unpack(packed(), List.of());
    }

    /** The same as an argument. */
    String packed() {
        String packed = parameters.get(IngestJobMain.CONFIGURATION);
        if (packed == null) {
            throw new MismatchException(
                    "it is not an ingest job of Alluvium",
                    "job " + job.id() + " (" + job.name() + ")",
                    "'alluvium jobs' lists those that are");
        }
        return packed;
    }
}
