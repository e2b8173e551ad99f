package org.alluvium.flink.job;

import java.time.InstantSource;
import java.util.List;
import org.alluvium.contracts.config.ConfigJson;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.flink.intake.Intake;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Sends the records of readers that have no gate of their own through one. */
final class TakeIn extends RichMapFunction<SourceRecord, Arrival> {

    private static final long serialVersionUID = 1L;

    /** As {@link ConfigJson}: Flink carries only what is serializable. */
    private final List<String> sources;

    private transient Intake intake;

    TakeIn(List<SourceConfig> sources) {
        this.sources = sources.stream().map(ConfigJson::write).toList();
    }

    @Override
    public void open(OpenContext context) {
        List<SourceConfig> configured = sources.stream()
                .map(json -> ConfigJson.read(json, SourceConfig.class))
                .toList();
        intake = new Intake(configured, InstantSource.system(), System::nanoTime);
    }

    @Override
    public Arrival map(SourceRecord record) {
        return intake.take(record);
    }
}
