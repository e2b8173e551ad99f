package org.alluvium.flink.mixture;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.ControlFile;
import org.alluvium.contracts.config.MixtureConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.ingest.mixture.Mixture;

/** Where the weights of the mixture stand: in the control file while there is one, otherwise in the configuration. */
public final class Weights implements Serializable {

    private static final long serialVersionUID = 1L;

    /** As {@link ConfigJson}: Flink carries only what is serializable. */
    private final String config;

    private final List<String> sources;

    private Weights(String config, List<String> sources) {
        this.config = config;
        this.sources = sources;
    }

    public static Weights of(AlluviumConfig config) {
        return new Weights(
                ConfigJson.write(config.mixture()),
                config.sources().stream().map(SourceConfig::name).toList());
    }

    /**
     * The mixture as it is to be now.
     *
     * @throws AlluviumException if the control file cannot be read, or says something that cannot be
     */
    Mixture read() {
        MixtureConfig mixture = ConfigJson.read(config, MixtureConfig.class);
        return Mixture.of(mixture.control()
                .flatMap(file -> ControlFile.read(file, Set.copyOf(sources)))
                .orElse(mixture.weights()));
    }
}
