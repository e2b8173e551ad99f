package org.alluvium.flink.source;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.intake.Intake;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.record.SourceRecord;

/**
 * A gate that takes nothing in of some sources, as long as the test wants.
 *
 * @param lacking sources whose parser lacks something
 */
record LackingGate(Set<String> lacking) implements Gate {

    @Override
    public long waitNanos(String source) {
        return 0;
    }

    @Override
    public Arrival take(SourceRecord record) {
        if (lacking.contains(record.source())) {
            throw new UnavailableException("nobody answers", "somewhere", "Wait");
        }
        SourceConfig source =
                SourceConfig.ofFolder(record.source(), Location.of(Path.of("in")), SourceConfig.Format.JSONL, true);
        return new Intake(List.of(source), InstantSource.fixed(Instant.EPOCH), () -> 0).take(record);
    }
}
