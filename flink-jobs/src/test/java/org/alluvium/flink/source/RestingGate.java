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
 * A gate that a test opens and closes.
 *
 * @param resting sources that may not be read
 * @param lacking sources whose parser lacks something
 */
record RestingGate(Set<String> resting, Set<String> lacking) implements Gate {

    @Override
    public long waitNanos(String source) {
        return resting.contains(source) ? 1 : 0;
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
