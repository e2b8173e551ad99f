package org.alluvium.flink.intake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source of records, such as Flink's of Kafka, behind an {@link Intake}. Splits, their discovery and their state are the
 * wrapped source's own.
 */
public final class GovernedSource<SplitT extends SourceSplit, EnumT> implements Source<Arrival, SplitT, EnumT> {

    private static final long serialVersionUID = 1L;

    private final Source<SourceRecord, SplitT, EnumT> records;

    /** As {@link ConfigJson}: Flink carries only what is serializable. */
    private final String config;

    private final Rewind<SplitT> rewind;

    /**
     * Puts a source behind the gate.
     *
     * @param records the source of all records of the configured source; its readers emit one record a poll at most
     * @param config what is configured of it
     * @param rewind puts the splits back by a record that could not be parsed yet when a checkpoint is taken
     */
    public GovernedSource(Source<SourceRecord, SplitT, EnumT> records, SourceConfig config, Rewind<SplitT> rewind) {
        this.records = records;
        this.config = ConfigJson.write(config);
        this.rewind = rewind;
    }

    @Override
    public Boundedness getBoundedness() {
        return records.getBoundedness();
    }

    @Override
    public SourceReader<Arrival, SplitT> createReader(SourceReaderContext context) throws Exception {
        SourceConfig source = ConfigJson.read(config, SourceConfig.class);
        Intake intake = new Intake(List.of(source), WallClock.ofThisProcess(), System::nanoTime);
        IntakeMetrics.register(intake, context.metricGroup());
        return new GovernedReader<>(
                records.createReader(context),
                new GovernedReader.Gate(source.name(), intake, GovernedSource::after),
                rewind);
    }

    private static CompletableFuture<Void> after(Duration wait) {
        return new CompletableFuture<Void>().completeOnTimeout(null, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> createEnumerator(SplitEnumeratorContext<SplitT> context) throws Exception {
        return records.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> restoreEnumerator(SplitEnumeratorContext<SplitT> context, EnumT state)
            throws Exception {
        return records.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
        return records.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumT> getEnumeratorCheckpointSerializer() {
        return records.getEnumeratorCheckpointSerializer();
    }
}
