package org.alluvium.flink.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.deadletter.ReplayParser;
import org.alluvium.ingest.deadletter.ReplaySource;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;

/**
 * The gate that every record passes on its way out of a reader: here it is parsed and gets its time of arrival, and here a
 * source is held back alone, by its rate, because too much of it was refused, or because its parser cannot work now.
 *
 * <p>A reader asks {@link #permits} before it reads a record of a source, and gives what it has read to {@link #take}. A
 * record that was read all the same is taken all the same. One instance serves one reader, whose thread calls all methods
 * except those that the metrics read.
 */
public final class Intake {

    private final Map<String, SourceFlow> flows = new HashMap<>();
    private final InstantSource clock;

    /**
     * A gate that every source may pass.
     *
     * @param sources those whose records the reader may read
     * @param clock tells the time of arrival
     * @param nanos a clock that never goes back, in nanoseconds since some time
     */
    public Intake(List<SourceConfig> sources, InstantSource clock, LongSupplier nanos) {
        this(sources, List.of(), clock, nanos);
    }

    /**
     * The same for a reader that may also read what was fed back.
     *
     * @param known sources whose records may have been
     */
    public Intake(List<SourceConfig> sources, List<SourceConfig> known, InstantSource clock, LongSupplier nanos) {
        this(sources, source -> parser(source, known), clock, nanos);
    }

    /** As above, with other parsers. */
    Intake(
            List<SourceConfig> sources,
            Function<SourceConfig, Function<SourceRecord, Parsed>> parsers,
            InstantSource clock,
            LongSupplier nanos) {
        this.clock = clock;
        sources.forEach(source -> flows.put(source.name(), new SourceFlow(source, parsers.apply(source), nanos)));
    }

    private static Function<SourceRecord, Parsed> parser(SourceConfig source, List<SourceConfig> known) {
        return source.name().equals(ReplaySource.NAME)
                ? new ReplayParser(known)::parse
                : RecordParser.of(source)::parse;
    }

    /** Whether a record of the source may be read now. */
    public boolean permits(String source) {
        return flow(source).waitNanos() == 0;
    }

    /** How long the source is to be left alone; zero if a record may be read now. */
    public Duration untilPermit(String source) {
        return Duration.ofNanos(flow(source).waitNanos());
    }

    /**
     * Parses a record and counts it.
     *
     * @throws UnavailableException if its parser cannot work now. Nothing was counted; the record is to be given again as
     *     soon as the source is permitted again, which takes longer each time
     */
    public Arrival take(SourceRecord record) {
        return flow(record.source()).take(record, clock.millis());
    }

    /** Names of the sources. */
    Set<String> sources() {
        return flows.keySet();
    }

    SourceFlow flow(String source) {
        SourceFlow flow = flows.get(source);
        if (flow == null) {
            throw new IllegalArgumentException("no source is called " + source);
        }
        return flow;
    }
}
