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
    private final List<String> read;

    private final List<String> known;

    private transient Intake intake;

    TakeIn(Inputs inputs) {
        this.read = inputs.read().stream().map(ConfigJson::write).toList();
        this.known = inputs.known().stream().map(ConfigJson::write).toList();
    }

    @Override
    public void open(OpenContext context) {
        intake = new Intake(configs(read), configs(known), InstantSource.system(), System::nanoTime);
    }

    private static List<SourceConfig> configs(List<String> written) {
        return written.stream()
                .map(json -> ConfigJson.read(json, SourceConfig.class))
                .toList();
    }

    @Override
    public Arrival map(SourceRecord record) {
        return intake.take(record);
    }
}
