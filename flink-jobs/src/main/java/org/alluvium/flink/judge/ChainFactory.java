package org.alluvium.flink.judge;

import java.io.Serializable;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.ingest.filter.FilterChain;

/** Makes the filters of one task, on the machine that runs it. */
@FunctionalInterface
public interface ChainFactory extends Serializable {

    /**
     * A chain for one thread.
     *
     * @throws AlluviumException if a file that a filter needs cannot be read
     */
    FilterChain open();
}
