package org.alluvium.flink.judge;

import java.io.Serializable;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.FiltersConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.recipe.Recipe;

/** Makes the filters of one task, on the machine that runs it. */
@FunctionalInterface
public interface ChainFactory extends Serializable {

    /**
     * A chain for one thread.
     *
     * @throws AlluviumException if a file that a filter needs cannot be read
     */
    FilterChain open();

    /** Makes the configured filters. */
    static ChainFactory of(FiltersConfig config) {
        String json = ConfigJson.write(config); // Flink carries only what is serializable
        return () -> Recipe.of(ConfigJson.read(json, FiltersConfig.class));
    }
}
