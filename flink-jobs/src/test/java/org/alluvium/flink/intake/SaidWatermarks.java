package org.alluvium.flink.intake;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Keeps what a generator of watermarks says: a time in milliseconds, {@code idle} or {@code active}. */
public final class SaidWatermarks implements WatermarkOutput {

    private final List<String> said = new ArrayList<>();

    /** Everything since the last {@link #forget}, in order. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** Begins anew. */
    public void forget() {
        said.clear();
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        said.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
        said.add("idle");
    }

    @Override
    public void markActive() {
        said.add("active");
    }
}
