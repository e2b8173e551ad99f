package org.alluvium.cli.status;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.log.SourcePosition;
import org.alluvium.flink.kafka.KafkaLag;
import org.alluvium.flink.kafka.PartitionLag;

/**
 * How far the corpus is behind its sources: of topics, what their brokers say now; of folders, what ingest reported last.
 *
 * @param ingest what was published so far
 * @param clock for ages
 */
public record LagSurvey(IngestProgress ingest, InstantSource clock) {

    /** The lag of every folder and of every partition, in the order of the sources. */
    public List<SourceLag> of(List<SourceConfig> sources) {
        List<SourceLag> lags = new ArrayList<>();
        for (SourceConfig source : sources) {
            source.path().ifPresent(path -> lags.add(folder(source.name(), path.toString())));
            source.kafka().ifPresent(kafka -> lags.addAll(partitions(source.name(), kafka)));
        }
        return lags;
    }

    private SourceLag folder(String source, String path) {
        return ingest.backlog(source)
                .map(backlog -> new SourceLag(
                        source,
                        path,
                        documents(source, backlog.bytes()),
                        OptionalLong.of(backlog.bytes()),
                        age(backlog)))
                .orElseGet(() -> SourceLag.unknown(source, path));
    }

    /** If they are as long as those that were read. */
    private OptionalLong documents(String source, long bytes) {
        long records = 0;
        long recordBytes = 0;
        for (Map.Entry<String, SourcePosition> position : ingest.positions().entrySet()) {
            // Where several subtasks share the source, each has a position.
            if (position.getKey().equals(source) || position.getKey().startsWith(source + '@')) {
                records += position.getValue().records();
                recordBytes += position.getValue().bytes();
            }
        }
        if (bytes == 0) {
            return OptionalLong.of(0);
        }
        return recordBytes == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round((double) bytes * records / recordBytes));
    }

    private Optional<Duration> age(IngestProgress.Backlog backlog) {
        long millis = backlog.splits() == 0 ? 0 : Math.max(0, clock.millis() - backlog.oldestMillis());
        return Optional.of(Duration.ofMillis(millis));
    }

    private List<SourceLag> partitions(String source, KafkaConfig kafka) {
        try {
            return KafkaLag.measure(kafka, committed(source), clock).stream()
                    .map(lag -> of(source, lag))
                    .toList();
        } catch (UnavailableException unreachable) {
            return List.of(SourceLag.unknown(source, kafka.brokers() + " does not answer"));
        }
    }

    private static SourceLag of(String source, PartitionLag lag) {
        return new SourceLag(source, lag.partition(), OptionalLong.of(lag.documents()), lag.bytes(), lag.age());
    }

    private Map<String, SourcePosition> committed(String source) {
        String prefix = source + ':';
        Map<String, SourcePosition> committed = new TreeMap<>();
        ingest.positions().forEach((place, position) -> {
            if (place.startsWith(prefix)) {
                committed.put(place.substring(prefix.length()), position);
            }
        });
        return committed;
    }
}
