package org.alluvium.flink.job;

import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.ingest.deadletter.ReplaySource;

/**
 * What one run of the job reads.
 *
 * @param read the sources that are read, that of fed-back records included
 * @param known the sources that are configured: whose records may have been fed back
 */
record Inputs(List<SourceConfig> read, List<SourceConfig> known) {

    /** Everything that is configured and everything that is fed back; that ends, too, if all sources do. */
    static Inputs of(AlluviumConfig config) {
        boolean endless = config.sources().stream().anyMatch(SourceConfig::follow);
        SourceConfig replay = ReplaySource.of(CorpusLayout.of(config), endless);
        return new Inputs(
                Stream.concat(config.sources().stream(), Stream.of(replay)).toList(), config.sources());
    }

    /** Only some of what was fed back. */
    static Inputs ofReplay(SourceConfig replay, AlluviumConfig config) {
        return new Inputs(List.of(replay), config.sources());
    }
}
